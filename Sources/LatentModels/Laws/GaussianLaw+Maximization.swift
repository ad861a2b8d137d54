internal import LatentKernels

extension GaussianLaw {
  /// μ = o + Σwy/Σw and Σ = the second moments about it, but nowhere below the floor of the axes, or below the
  /// parameters at hand where these are below the floor: the exact maximum under a constraint that the parameters at
  /// hand satisfy, so that EM stays monotone. Where no floor is known and the numbers do not vary, the covariance stays.
  package func maximize(
    _ parameters: UnsafeMutableBufferPointer<Double>, from statistics: UnsafeBufferPointer<Double>,
    _ learning: Learning, _ axes: [Frame.Axis]
  ) {
    guard learning != .nothing else { return }
    let rows = (0..<parameters.count / parameterCount).map {
      UnsafeMutableBufferPointer(rebasing: parameters[$0 * parameterCount..<($0 + 1) * parameterCount])
    }
    var pooled = [Double](repeating: 0, count: packedCount(dimension))
    var total = 0.0
    for (row, cells) in rows.enumerated() {
      let moments = UnsafeBufferPointer(rebasing: statistics[row * statisticsCount..<(row + 1) * statisticsCount])
      if isSeparable {
        maximizeEach(cells, moments, learning, axes)
        continue
      }
      guard moments[0] > 0 else { continue }
      if learning == .everything {
        for number in 0..<dimension {
          cells[number] = axes[number].origin + moments[packedCount(number + 1)] / moments[0]
        }
      }
      let scatter = centred(Array(moments)[...], (0..<dimension).map { cells[$0] - axes[$0].origin })
      if covariance == .tied {
        for index in scatter.indices { pooled[index] += scatter[index] }
        total += moments[0]
      } else {
        put(scatter.map { $0 / moments[0] }, into: cells, axes)
      }
    }
    guard covariance == .tied, total > 0 else { return }
    for cells in rows { put(pooled.map { $0 / total }, into: cells, axes) }
  }

  /// Numbers that are independent given the parents.
  private func maximizeEach(
    _ cells: UnsafeMutableBufferPointer<Double>, _ moments: UnsafeBufferPointer<Double>, _ learning: Learning,
    _ axes: [Frame.Axis]
  ) {
    var (squares, weights, floor) = (0.0, 0.0, 0.0)
    for number in 0..<dimension where moments[3 * number] > 0 {
      let weight = moments[3 * number]
      let first = moments[3 * number + 1] / weight
      if learning == .everything { cells[number] = axes[number].origin + first }
      // About a mean that is fixed elsewhere the numbers spread more.
      let offset = learning == .everything ? 0 : first - (cells[number] - axes[number].origin)
      let variance = moments[3 * number + 2] / weight - first * first + offset * offset
      if covariance == .spherical {
        squares += variance * weight
        weights += weight
        floor = max(floor, axes[number].varianceFloor)
      } else {
        put(variance: variance, at: variancePosition(number), into: cells, axes[number].varianceFloor)
      }
    }
    guard covariance == .spherical, weights > 0 else { return }
    for number in 0..<dimension {
      put(variance: squares / weights, at: variancePosition(number), into: cells, floor)
    }
  }

  private func put(
    variance: Double, at position: Int, into cells: UnsafeMutableBufferPointer<Double>, _ floor: Double
  ) {
    let least = floor > 0 ? floor : Frame.variances.lowerBound
    if variance >= least || floor > 0 { cells[position] = max(variance, min(least, cells[position])) }
  }

  /// Puts a covariance in place, lifted to the floor: in units of the floors no eigenvalue is below 1, or below the least
  /// of the covariance at hand.
  private func put(_ matrix: [Double], into cells: UnsafeMutableBufferPointer<Double>, _ axes: [Frame.Axis]) {
    var floors = axes.map(\.varianceFloor)
    var lifted = matrix
    if floors.allSatisfy({ $0 > 0 }) {
      let current = Array(cells.dropFirst(dimension))
      if !exceeds(matrix, floors), !exceeds(current, floors) {
        let least = leastEigenvalue(current, floors)
        floors = floors.map { $0 * max(0x1p-52, min(1, least)) }
      }
      var scratch = [Double](repeating: 0, count: eigenScratchCount(dimension: dimension))
      if !exceeds(matrix, floors) {
        _ = raiseEigenvalues(of: &lifted, floors: floors, dimension: dimension, scratch: &scratch)
      }
    }
    guard isPositiveDefinite(lifted) else { return }
    for (index, entry) in lifted.enumerated() { cells[dimension + index] = entry }
  }

  /// Whether a matrix less the diagonal of the floors is positive definite.
  func exceeds(_ packed: [Double], _ floors: [Double]) -> Bool {
    var rest = packed
    for number in 0..<dimension { rest[packedCount(number + 1) - 1] -= floors[number] }
    return choleskyFactor(&rest, dimension: dimension) != nil
  }

  /// The least eigenvalue of D^−½ M D^−½ with the floors D.
  private func leastEigenvalue(_ packed: [Double], _ floors: [Double]) -> Double {
    directions(packed, floors).last?.variance ?? 1
  }

  package func lifted(_ parameters: [Double], _ axes: [Frame.Axis]) -> [Double] {
    var row = parameters
    let floors = axes.map(\.varianceFloor)
    if isSeparable {
      let shared = floors.max() ?? 0
      for number in 0..<dimension {
        let floor = covariance == .spherical ? shared : floors[number]
        row[variancePosition(number)] = max(row[variancePosition(number)], floor)
      }
    } else if floors.allSatisfy({ $0 > 0 }) {
      var matrix = Array(row.dropFirst(dimension))
      var scratch = [Double](repeating: 0, count: eigenScratchCount(dimension: dimension))
      if raiseEigenvalues(of: &matrix, floors: floors, dimension: dimension, scratch: &scratch) > 0 {
        row.replaceSubrange(dimension..., with: matrix)
      }
    }
    return row
  }
}
