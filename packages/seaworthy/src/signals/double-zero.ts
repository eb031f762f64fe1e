/**
 * What a field of the hot loop starts with that is 0 now and will hold a fraction, or more than
 * 2³¹. V8 lays objects out by what their fields hold first: −0 has it make room for a double, 0 for
 * a small whole number. Where it has to make that room later, the class gets a new layout, and code
 * that reaches its objects through a field of another checks at each look which of the two it sees.
 */
export const doubleZero = -0;
