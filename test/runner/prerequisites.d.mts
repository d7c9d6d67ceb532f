export declare const programPath: (name: string) => string | null
