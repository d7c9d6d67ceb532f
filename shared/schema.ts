import { z } from 'zod'

// Zod compiles object schemas with `new Function` unless told not to, and asks for it when a schema is made: this has to
// stand before the first schema, and the content security policy forbids eval. Hence every schema imports z from here.
z.config({ jitless: true })

export { z }
