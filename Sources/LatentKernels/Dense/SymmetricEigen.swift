/// The eigenvalues of a symmetric matrix, largest first, and their eigenvectors, by Jacobi's rotations (Golub and
/// Van Loan 2013, section 8.5).
///
/// - matrix: n × n, row by row, both triangles; destroyed.
/// - values: receives n eigenvalues.
/// - vectors: receives n × n numbers; row k is the eigenvector of eigenvalue k, of length 1.
public func symmetricEigen(
  _ matrix: UnsafeMutablePointer<Double>, dimension: Int, values: UnsafeMutablePointer<Double>,
  vectors: UnsafeMutablePointer<Double>
) {
  for index in 0..<dimension * dimension { vectors[index] = index % (dimension + 1) == 0 ? 1 : 0 }
  // Convergence is quadratic: some ten sweeps are enough for any matrix, and the bound is there against a standstill.
  for _ in 0..<50 where !rotateAll(matrix, vectors, dimension) { break }
  for k in 0..<dimension { values[k] = matrix[k * (dimension + 1)] }
  sortDescending(values, vectors, dimension)
}

/// One sweep of rotations over all pairs; false when no element off the diagonal is left to remove.
private func rotateAll(
  _ matrix: UnsafeMutablePointer<Double>, _ vectors: UnsafeMutablePointer<Double>, _ dimension: Int
) -> Bool {
  var largest = 0.0
  for k in 0..<dimension { largest = max(largest, matrix[k * (dimension + 1)].magnitude) }
  var isRotated = false
  for p in 0..<dimension {
    for q in p + 1..<max(dimension, p + 1) {
      let element = matrix[p * dimension + q]
      let (first, second) = (matrix[p * (dimension + 1)], matrix[q * (dimension + 1)])
      let scale = max((first.magnitude * second.magnitude).squareRoot(), 0x1p-54 * largest)
      guard element.magnitude > 0x1p-54 * scale else { continue }
      isRotated = true
      let (cosine, sine) = rotation(first, element, second)
      rotate(stride: 1, matrix + p * dimension, matrix + q * dimension, cosine, sine, dimension)
      rotate(stride: dimension, matrix + p, matrix + q, cosine, sine, dimension)
      rotate(stride: 1, vectors + p * dimension, vectors + q * dimension, cosine, sine, dimension)
    }
  }
  return isRotated
}

/// The cosine and sine of the smaller angle that makes [first, element; element, second] diagonal.
private func rotation(_ first: Double, _ element: Double, _ second: Double) -> (Double, Double) {
  let half = (second - first) / (2 * element)
  let root = half.magnitude < 0x1p500 ? (half * half + 1).squareRoot() : half.magnitude
  let tangent = (half < 0 ? -1 : 1) / (half.magnitude + root)
  let cosine = 1 / (tangent * tangent + 1).squareRoot()
  return (cosine, tangent * cosine)
}

private func rotate(
  stride: Int, _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ cosine: Double, _ sine: Double,
  _ count: Int
) {
  for k in 0..<count {
    let (first, second) = (a[k * stride], b[k * stride])
    a[k * stride] = cosine * first - sine * second
    b[k * stride] = sine * first + cosine * second
  }
}

private func sortDescending(
  _ values: UnsafeMutablePointer<Double>, _ vectors: UnsafeMutablePointer<Double>, _ dimension: Int
) {
  for k in 0..<dimension {
    var best = k
    for other in k..<dimension where values[other] > values[best] { best = other }
    guard best != k else { continue }
    swap(&values[k], &values[best])
    for i in 0..<dimension { swap(&vectors[k * dimension + i], &vectors[best * dimension + i]) }
  }
}

/// The doubles of scratch that `raiseEigenvalues` needs.
public func eigenScratchCount(dimension: Int) -> Int { 2 * dimension * dimension + dimension }

/// Raises the eigenvalues of a covariance, in units of floors, that are below 1: the matrix Σ that maximises the normal
/// likelihood of a sample covariance S under D^−½ Σ D^−½ ≥ 1 has the eigenvectors of D^−½ S D^−½, and the larger of its
/// eigenvalues and 1.
///
/// - covariance: packed; changed by what is missing to the floor alone, and to the last bit as it was where nothing is.
/// - floors: the diagonal of D, all above 0.
/// - scratch: `eigenScratchCount` doubles.
/// - Returns: how many eigenvalues were raised.
public func raiseEigenvalues(
  of covariance: UnsafeMutablePointer<Double>, floors: UnsafePointer<Double>, dimension: Int,
  scratch: UnsafeMutablePointer<Double>
) -> Int {
  if exceedsFloors(covariance, floors, dimension, scratch) { return 0 }
  let (vectors, values) = (scratch + dimension * dimension, scratch + 2 * dimension * dimension)
  for i in 0..<dimension {
    for j in 0..<dimension {
      scratch[i * dimension + j] = covariance[packedIndex(i, j)] / (floors[i].squareRoot() * floors[j].squareRoot())
    }
  }
  symmetricEigen(scratch, dimension: dimension, values: values, vectors: vectors)
  var raised = 0
  for k in 0..<dimension where values[k] < 1 {
    raised += 1
    let vector = vectors + k * dimension
    for i in 0..<dimension { vector[i] *= floors[i].squareRoot() }
    for i in 0..<dimension {
      let scale = (1 - values[k]) * vector[i]
      for j in 0...i { covariance[packedCount(i) + j] += scale * vector[j] }
    }
  }
  return raised
}

/// Whether S − D is positive definite, as it is in all but degenerate cases; cheaper than to find eigenvalues.
private func exceedsFloors(
  _ covariance: UnsafePointer<Double>, _ floors: UnsafePointer<Double>, _ dimension: Int,
  _ scratch: UnsafeMutablePointer<Double>
) -> Bool {
  scratch.update(from: covariance, count: packedCount(dimension))
  for i in 0..<dimension { scratch[packedIndex(i, i)] -= floors[i] }
  return choleskyFactor(scratch, dimension: dimension) != nil
}
