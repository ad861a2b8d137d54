internal import LatentData
internal import LatentKernels
internal import LatentModels

/// The numbers of one family in one row, by the textbook: determinants and inverses by elimination (Gauss and Jordan).
struct TextbookNumbers {
  private let family: Family
  private let mean: [Double]
  private let covariance: [[Double]]
  /// Positions among the children that were observed, and their values.
  private let observed: [Int]
  private let values: [Double]
  private let inverse: [[Double]]
  private let determinant: Double

  /// The numbers of a family given the states of its parents.
  init(_ network: BayesianNetwork, _ family: Family, _ states: [StateCode], _ numbers: [VariableID: Double]) {
    self.family = family
    let configuration = network.structure.configuration(
      of: family.child, parentStates: family.parents.map { states[$0.index] })
    let row = Array(network.parameters[family.parameters(in: configuration)])
    let count = family.children.count
    switch family.law {
    case .table: preconditionFailure("\(family.name) has states, not numbers")
    case .poisson: (mean, covariance) = ([row[0]], [[row[0]]])
    case .gaussian:
      mean = Array(row[..<count])
      covariance = (0..<count).map { a in
        (0..<count).map { b in row[count + max(a, b) * (max(a, b) + 1) / 2 + min(a, b)] }
      }
    }
    observed = family.children.indices.filter { numbers[family.children[$0]] != nil }
    values = family.children.compactMap { numbers[$0] }
    let (covariance, observed) = (covariance, observed)
    (inverse, determinant) = Self.inverse(observed.map { a in observed.map { covariance[a][$0] } })
  }

  /// log p(observed numbers | parents).
  var logDensity: Double {
    if family.law == .poisson {
      return values.first.map { count in
        let logFactorial = stride(from: 2, through: count, by: 1).reduce(0) { $0 + naturalLog($1) }
        return count * naturalLog(mean[0]) - mean[0] - logFactorial
      } ?? 0
    }
    let differences = zip(observed, values).map { $1 - mean[$0] }
    var square = 0.0
    for (a, left) in differences.enumerated() {
      for (b, right) in differences.enumerated() { square += left * inverse[a][b] * right }
    }
    return -0.5 * (Double(observed.count) * naturalLog(2 * .pi) + naturalLog(determinant) + square)
  }

  /// The expected statistics of the family, laid out as those of its law.
  ///
  /// - origins: what moments are taken about.
  func statistics(origins: [Double]) -> [Double] {
    if family.law == .poisson { return [1, values.first ?? mean[0]] }
    let count = family.children.count
    // E[y] and E[y yᵀ] for y = (1, x − o).
    var first = [1.0] + zip(expectation, origins).map { $0 - $1 }
    first[0] = 1
    let second = first.indices.map { a in
      first.indices.map { b in first[a] * first[b] + (a > 0 && b > 0 ? spread(a - 1, b - 1) : 0) }
    }
    switch family.law {
    case .gaussian(.diagonal), .gaussian(.spherical):
      return (1...count).flatMap { [1, first[$0], second[$0][$0]] }
    case .gaussian, .table, .poisson:
      return first.indices.flatMap { a in (0...a).map { second[a][$0] } }
    }
  }

  /// E[x] given what was observed.
  private var expectation: [Double] {
    mean.indices.map { number in
      if let position = observed.firstIndex(of: number) { return values[position] }
      return zip(observed.indices, observed).reduce(mean[number]) { sum, b in
        sum
          + observed.indices.reduce(0) { $0 + covariance[number][observed[$1]] * inverse[$1][b.0] }
          * (values[b.0] - mean[b.1])
      }
    }
  }

  /// The covariance of two numbers given what was observed.
  private func spread(_ a: Int, _ b: Int) -> Double {
    if observed.contains(a) || observed.contains(b) { return 0 }
    var result = covariance[a][b]
    for (i, left) in observed.enumerated() {
      for (j, right) in observed.enumerated() { result -= covariance[a][left] * inverse[i][j] * covariance[right][b] }
    }
    return result
  }

  /// The inverse of a matrix and its determinant; 1 of an empty matrix.
  private static func inverse(_ matrix: [[Double]]) -> (inverse: [[Double]], determinant: Double) {
    let count = matrix.count
    var rows = matrix.enumerated().map { index, row in row + (0..<count).map { $0 == index ? 1 : 0 } }
    var determinant = 1.0
    for column in 0..<count {
      let pivot = (column..<count).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
      if pivot != column {
        rows.swapAt(pivot, column)
        determinant = -determinant
      }
      determinant *= rows[column][column]
      let divisor = rows[column][column]
      for index in 0..<2 * count { rows[column][index] /= divisor }
      for row in 0..<count where row != column {
        let factor = rows[row][column]
        for index in 0..<2 * count { rows[row][index] -= factor * rows[column][index] }
      }
    }
    return (rows.map { Array($0[count...]) }, determinant)
  }
}
