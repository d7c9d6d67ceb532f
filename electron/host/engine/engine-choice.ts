import { join } from 'node:path'
import { choiceKey, type EngineChoice, engineChoiceSchema } from '../../../shared/engine-places.ts'
import { z } from '../../../shared/schema.ts'
import { privateFile } from '../private-file.ts'

const storedSchema = z.strictObject({
  chosen: engineChoiceSchema,
  /** Addresses that the user added, in the order they did. */
  own: z.array(engineChoiceSchema),
})
type Stored = z.infer<typeof storedSchema>

const automatic: EngineChoice = { kind: 'automatic' }
const nothing: Stored = { chosen: automatic, own: [] }

/** Which engine the user chose, for all windows; beside the settings, as a window writes those whole. */
export interface EngineChoices {
  read(): Promise<Readonly<Stored>>
  /** An address is remembered as the user's own unless it is `known` anyway. */
  choose(choice: EngineChoice, known: boolean): Promise<void>
  /** Where the address was chosen, the choice is automatic again. */
  forget(choice: EngineChoice): Promise<void>
}

export function createEngineChoices(stateDirectory: string): EngineChoices {
  const file = privateFile(join(stateDirectory, 'engine.json'), storedSchema)
  const without = (own: readonly EngineChoice[], choice: EngineChoice) =>
    own.filter(each => choiceKey(each) !== choiceKey(choice))
  return {
    read: async () => (await file.read()) ?? nothing,
    choose: (chosen, known) =>
      file.update(stored => {
        const { own } = stored ?? nothing
        return { chosen, own: known ? own : [...without(own, chosen), chosen] }
      }),
    forget: choice =>
      file.update(stored => {
        const { chosen, own } = stored ?? nothing
        return { chosen: choiceKey(chosen) === choiceKey(choice) ? automatic : chosen, own: without(own, choice) }
      }),
  }
}

/** For where no choice counts. */
export const automaticChoice: EngineChoices = {
  read: () => Promise.resolve(nothing),
  choose: () => Promise.resolve(),
  forget: () => Promise.resolve(),
}
