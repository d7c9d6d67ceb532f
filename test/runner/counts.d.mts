export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
export declare const countReport: (file: string, exitCode: number) => Counts
