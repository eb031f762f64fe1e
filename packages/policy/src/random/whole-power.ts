/** x to the power of a whole number, from 1 on, by multiplications alone. */
export function wholePower(x: number, times: number): number {
  let product = 1;
  let square = x;
  for (let left = times; ; square *= square) {
    if (left % 2 === 1) product *= square;
    left = Math.floor(left / 2);
    if (left === 0) return product;
  }
}
