/** Variables in effect in a stage. A child's scope lies over its parent's, which is complete by then. */
export class Scope {
  private readonly parent: Scope | null
  private readonly values = new Map<string, string>()
  private readonly declared = new Set<string>()

  constructor(parent: Scope | null) {
    // A scope with nothing of its own would only be one more to ask.
    this.parent = parent !== null && parent.isBare() ? parent.parent : parent
  }

  private isBare(): boolean {
    return this.parent !== null && this.values.size === 0 && this.declared.size === 0
  }

  set(name: string, value: string): void {
    this.values.set(name, value)
  }

  /** Notes an ARG, with a value or not. */
  declare(name: string): void {
    this.declared.add(name)
  }

  get(name: string): string | undefined {
    let value = this.values.get(name)
    for (let scope = this.parent; value === undefined && scope !== null; scope = scope.parent)
      value = scope.values.get(name)
    return value
  }

  isDeclared(name: string): boolean {
    let declared = this.declared.has(name)
    for (let scope = this.parent; !declared && scope !== null; scope = scope.parent) declared = scope.declared.has(name)
    return declared
  }

  /** Names of all variables that are set, those of the base last. */
  names(): readonly string[] {
    const names = new Set(this.values.keys())
    for (let scope = this.parent; scope !== null; scope = scope.parent)
      for (const name of scope.values.keys()) names.add(name)
    return [...names]
  }
}
