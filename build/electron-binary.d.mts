export declare const electronProgram: () => string | null
export declare const fetchElectron: (
  signal?: AbortSignal,
) => Promise<{ readonly program: string } | { readonly reason: string }>
