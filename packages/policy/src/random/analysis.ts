/**
 * Functions of analysis as a parameter: the language leaves their last bits to the engine. `Math`
 * has them, as good as any where nothing must be repeated to the bit; `portable` has the same ones
 * for each version of V8.
 */
export type Analysis = Pick<typeof Math, 'exp' | 'log' | 'pow' | 'tanh'>;
