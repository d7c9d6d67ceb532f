import { invertedEffects } from '@codemirror/commands'
import { StateEffect, StateField } from '@codemirror/state'
import {
  changedPlacement,
  invertedPlacement,
  type Placement,
  type PlacementChange,
} from '../../shared/drawing/placement.ts'

export const changePlacement = StateEffect.define<PlacementChange>()

/** Where cards stand: no part of the text, yet undone in turn with it. */
export const placementField = StateField.define<Placement>({
  create: () => new Map(),
  update: (placement, transaction) =>
    transaction.effects.reduce(
      (current, effect) => (effect.is(changePlacement) ? changedPlacement(current, effect.value) : current),
      placement,
    ),
  provide: field =>
    invertedEffects.of(({ effects, startState }) =>
      effects.flatMap(effect =>
        effect.is(changePlacement)
          ? [changePlacement.of(invertedPlacement(startState.field(field), effect.value))]
          : [],
      ),
    ),
})
