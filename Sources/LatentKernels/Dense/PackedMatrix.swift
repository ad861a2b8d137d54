/// The number of elements of a packed symmetric or lower triangular matrix of n rows: element (i, j), j ≤ i, stands at
/// i(i + 1)/2 + j, row after row.
@inline(__always)
public func packedCount(_ rows: Int) -> Int { rows &* (rows &+ 1) / 2 }

/// Where element (i, j) of a packed symmetric matrix stands, in either order of i and j.
@inline(__always)
public func packedIndex(_ row: Int, _ column: Int) -> Int {
  row >= column ? packedCount(row) &+ column : packedCount(column) &+ row
}

/// Replaces a packed symmetric matrix A by its lower triangular factor L, A = L Lᵀ (Cholesky), and returns log |A|.
///
/// - Returns: nil where A is not positive definite to working precision: a pivot is not above n ulp of its diagonal
///   element, or not a number. What is left in `matrix` then has no meaning.
public func choleskyFactor(_ matrix: UnsafeMutablePointer<Double>, dimension: Int) -> Double? {
  let least = Double(dimension) * Double.ulpOfOne
  var logDeterminant = 0.0
  var row = matrix
  for i in 0..<dimension {
    let diagonal = row[i]
    var pivot = diagonal
    var other = matrix
    for j in 0..<i {
      let element = (row[j] - dotProduct(row, other, count: j)) / other[j]
      row[j] = element
      pivot -= element * element
      other += j &+ 1
    }
    guard pivot > least * diagonal else { return nil }
    row[i] = pivot.squareRoot()
    logDeterminant += naturalLog(pivot)
    row += i &+ 1
  }
  return logDeterminant
}

/// Replaces a packed lower triangular matrix, with a diagonal without zeros, by its inverse.
public func invertTriangle(_ factor: UnsafeMutablePointer<Double>, dimension: Int) {
  var row = factor
  for i in 0..<dimension {
    let scale = 1 / row[i]
    for j in 0..<i {
      // Elements left of j are of the inverse already, and no longer needed: row k of it is 0 right of k.
      var sum = 0.0
      var column = factor + packedCount(j) + j
      for k in j..<i {
        sum += row[k] * column.pointee
        column += k &+ 1
      }
      row[j] = -scale * sum
    }
    row[i] = scale
    row += i &+ 1
  }
}

/// Σ a_k b_k.
@inline(__always)
func dotProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
  var sum = 0.0
  for k in 0..<count { sum += a[k] * b[k] }
  return sum
}
