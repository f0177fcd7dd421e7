/*
 * Work on a symmetric matrix of which the lower triangle is kept, row after row. Learning spends its time here: four entries a
 * step halve it.
 */

/** `product = matrix · point`, in one pass along the triangle as it lies in memory. */
export function multiply(
  matrix: Float64Array,
  point: Float64Array,
  product: Float64Array,
  size: number,
): void {
  for (let i = 0, at = 0; i < size; i += 1, at += 1) {
    const value = point[i]!;
    let one = 0;
    let two = 0;
    let j = 0;
    for (const end = i - 3; j < end; j += 4, at += 4) {
      const a = matrix[at]!;
      const b = matrix[at + 1]!;
      const c = matrix[at + 2]!;
      const d = matrix[at + 3]!;
      one += a * point[j]! + b * point[j + 1]!;
      two += c * point[j + 2]! + d * point[j + 3]!;
      product[j]! += a * value;
      product[j + 1]! += b * value;
      product[j + 2]! += c * value;
      product[j + 3]! += d * value;
    }
    for (; j < i; j += 1, at += 1) {
      const entry = matrix[at]!;
      one += entry * point[j]!;
      product[j]! += entry * value;
    }
    product[i] = one + two + matrix[at]! * value;
  }
}

/** `matrix −= scale · vector · vectorᵀ` */
export function subtractOuter(matrix: Float64Array, vector: Float64Array, scale: number, size: number): void {
  for (let i = 0, at = 0; i < size; i += 1) {
    const factor = scale * vector[i]!;
    let j = 0;
    for (const end = i - 2; j < end; j += 4, at += 4) {
      matrix[at]! -= factor * vector[j]!;
      matrix[at + 1]! -= factor * vector[j + 1]!;
      matrix[at + 2]! -= factor * vector[j + 2]!;
      matrix[at + 3]! -= factor * vector[j + 3]!;
    }
    for (; j <= i; j += 1, at += 1) matrix[at]! -= factor * vector[j]!;
  }
}
