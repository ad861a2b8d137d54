package import LatentData
internal import LatentKernels

/// Normal distributions of d numbers, one per configuration of the parents. A row of parameters is the mean μ and the
/// lower triangle of the covariance Σ, row by row, whatever its shape: for one column, mean and variance.
///
/// A row of statistics of a full or tied covariance is the lower triangle of Σ w y yᵀ, row by row, with y = (1, x − o) and
/// the origins o of the columns: Σ w, Σ w y_1, Σ w y_1², Σ w y_2, … Of a diagonal or spherical one, whose numbers may be
/// missing one by one, it is Σ w, Σ w y_j and Σ w y_j² for each number j. For one column both are the same.
package struct GaussianLaw: NumericLaw {
  package let covariance: Covariance
  /// d.
  package let dimension: Int

  package init(_ covariance: Covariance, dimension: Int) {
    self.covariance = covariance
    self.dimension = dimension
  }

  /// Whether the numbers are independent given the parents.
  package var isSeparable: Bool {
    covariance == .diagonal || covariance == .spherical || dimension == 1 && covariance == .full
  }

  package var parameterCount: Int { dimension + packedCount(dimension) }
  package var statisticsCount: Int { momentCount(observed: dimension) }

  package func momentCount(observed: Int) -> Int { isSeparable ? 3 * observed : packedCount(observed + 1) }

  /// Where a variance stands in a row of parameters.
  package func variancePosition(_ number: Int) -> Int { dimension + packedCount(number + 1) - 1 }

  package func labels(of children: [Variable]) -> [String] {
    guard children.count > 1 else { return ["mean", "variance"] }
    let names = children.map(\.name)
    return names.map { "mean(\($0))" }
      + names.indices.flatMap { row in
        (0...row).map { $0 == row ? "variance(\(names[row]))" : "covariance(\(names[row]), \(names[$0]))" }
      }
  }

  package func freeParameters(rows: Int, _ learning: Learning, isStructuralZero: (Int) -> Bool) -> Int {
    let spread =
      switch covariance {
      case .full: rows * packedCount(dimension)
      case .diagonal: rows * dimension
      case .tied: packedCount(dimension)
      case .spherical: rows
      }
    return switch learning {
    case .nothing: 0
    case .spread: spread
    case .everything: rows * dimension + spread
    }
  }

  package func weight(of statistics: ArraySlice<Double>) -> Double {
    guard isSeparable else { return statistics[statistics.startIndex] }
    return (0..<dimension).reduce(0) { max($0, statistics[statistics.startIndex + 3 * $1]) }
  }

  package func conditional(_ parameters: ArraySlice<Double>, observed: [Int]) -> ConditionalNumbers {
    ConditionalNumbers(
      ConditionalGaussian(
        mean: parameters.prefix(dimension), covariance: parameters.dropFirst(dimension), observed: observed))
  }

  package func moments(of number: Int, _ parameters: ArraySlice<Double>) -> (mean: Double, variance: Double) {
    (parameters[parameters.startIndex + number], parameters[parameters.startIndex + variancePosition(number)])
  }

  /// Means drawn from normal distributions with the means and variances of the columns; the variances are those of the
  /// columns.
  package func randomRow(_ axes: [Frame.Axis], standardNormal: () -> Double) -> [Double] {
    let variances = axes.map { Frame.variances.contains($0.variance) ? $0.variance : 1 }
    let shared = variances.reduce(0, +) / Double(dimension)
    var row = zip(axes, variances).map { $0.origin + $1.squareRoot() * standardNormal() }
    row += [Double](repeating: 0, count: packedCount(dimension))
    for number in 0..<dimension {
      row[variancePosition(number)] = covariance == .spherical ? shared : variances[number]
    }
    return row
  }

  package func pseudoStatistics(weight: Double, _ axes: [Frame.Axis]) -> [Double] {
    var statistics = [Double](repeating: 0, count: statisticsCount)
    statistics[0] = weight
    for (number, axis) in axes.enumerated() {
      let square = weight * (Frame.variances.contains(axis.variance) ? axis.variance : 1)
      if isSeparable {
        statistics[3 * number] = weight
        statistics[3 * number + 2] = square
      } else {
        statistics[packedCount(number + 2) - 1] = square
      }
    }
    return statistics
  }

  package func flaw(in rows: [Double]) -> (row: Int, flaw: ParameterError.Flaw)? {
    let width = parameterCount
    for row in 0..<rows.count / width {
      let cells = rows[row * width..<(row + 1) * width]
      if let flaw = flaw(inRow: cells) { return (row, flaw) }
      if covariance == .tied, cells.dropFirst(dimension) != rows[dimension..<width] { return (row, .notTied) }
    }
    return nil
  }

  private func flaw(inRow cells: ArraySlice<Double>) -> ParameterError.Flaw? {
    if let mean = cells.prefix(dimension).first(where: { !$0.isFinite }) { return .notAMean(mean) }
    let first = moments(of: 0, cells).variance
    var position = cells.startIndex + dimension
    for row in 0..<dimension {
      for column in 0...row {
        let entry = cells[position]
        position += 1
        if row == column {
          guard Frame.variances.contains(entry) else { return .notAVariance(entry) }
          if covariance == .spherical, entry != first { return .notSpherical }
        } else if !entry.isFinite || isSeparable && entry != 0 {
          return isSeparable ? .notDiagonal(entry) : .notPositiveDefinite
        }
      }
    }
    return isSeparable || isPositiveDefinite(Array(cells.dropFirst(dimension))) ? nil : .notPositiveDefinite
  }

  /// Whether a symmetric matrix is positive definite.
  func isPositiveDefinite(_ packed: [Double]) -> Bool {
    var factor = packed
    return choleskyFactor(&factor, dimension: dimension) != nil
  }
}
