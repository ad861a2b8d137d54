internal import LatentData

/// Rows as points in which every variable has the variance 1: a number is one coordinate, and a variable with states has
/// one per state, equal for the state of the row and 0 for the others.
///
/// A distance is summed over the variables that a row observes and scaled by their share, as if those that are missing
/// were as far away as the others are on average.
struct ClusterSpace {
  /// The cells of one variable, NaN or −1 where they are missing.
  private enum Axis {
    /// Numbers, standardised.
    case numbers([Double])
    /// States; the coordinate of the row's own is `height`.
    case states([StateCode], count: Int, height: Double)

    var dimension: Int {
      switch self {
      case .numbers: 1
      case .states(_, let count, _): count
      }
    }
  }

  /// The weight of each row.
  let weights: [Double]
  /// How many coordinates a point has.
  let dimension: Int
  /// Per row, the number of variables over the number of those that it observes; 0 where it observes none.
  let scales: [Double]
  private let axes: [Axis]
  /// Where the coordinates of each axis begin.
  private let offsets: [Int]
  /// The weighted mean of each coordinate: what stands for a missing cell in a point.
  private let means: [Double]

  /// The space of these variables; those that do not vary have no part in it.
  init(_ table: Table, _ variables: [VariableID]) {
    weights = table.weights
    var (axes, offsets, means): ([Axis], [Int], [Double]) = ([], [], [])
    for id in variables {
      guard let (axis, mean) = Self.axis(table.columns[id.index], table.schema[id], table.weights) else { continue }
      axes.append(axis)
      offsets.append(means.count)
      means += mean
    }
    var observed = [Int](repeating: 0, count: table.rowCount)
    for axis in axes {
      switch axis {
      case .numbers(let values): for (row, value) in values.enumerated() where !value.isNaN { observed[row] += 1 }
      case .states(let codes, _, _): for (row, code) in codes.enumerated() where code >= 0 { observed[row] += 1 }
      }
    }
    scales = observed.map { $0 == 0 ? 0 : Double(axes.count) / Double($0) }
    dimension = means.count
    (self.axes, self.offsets, self.means) = (axes, offsets, means)
  }

  /// The axis of a column and the means of its coordinates; nil where nothing varies.
  private static func axis(_ column: Column, _ variable: Variable, _ weights: [Double]) -> (Axis, [Double])? {
    switch column {
    case .absent:
      return nil
    case .reals(let values):
      var moments = WeightedMoments()
      moments.add(values, weights: weights)
      let deviation = moments.variance.squareRoot()
      guard deviation > 0, deviation.isFinite else { return nil }
      return (.numbers(values.map { ($0 - moments.mean) / deviation }), [0])
    case .codes(let codes):
      var shares = [Double](repeating: 0, count: variable.cardinality)
      for (code, weight) in zip(codes, weights) where code >= 0 { shares[Int(code)] += weight }
      let total = shares.reduce(0, +)
      // Σ p (1 − p): the variance of the indicators together.
      let variance = shares.reduce(0) { $0 + $1 / total * (1 - $1 / total) }
      guard total > 0, variance > 0 else { return nil }
      let height = 1 / variance.squareRoot()
      return (.states(codes, count: shares.count, height: height), shares.map { height * $0 / total })
    }
  }

  /// The number of rows.
  var rowCount: Int { weights.count }

  /// The point of a row.
  func point(ofRow row: Int) -> [Double] {
    var point = means
    for (axis, offset) in zip(axes, offsets) {
      switch axis {
      case .numbers(let values):
        if !values[row].isNaN { point[offset] = values[row] }
      case .states(let codes, let count, let height):
        guard codes[row] >= 0 else { continue }
        for state in 0..<count { point[offset + state] = state == Int(codes[row]) ? height : 0 }
      }
    }
    return point
  }

  /// The squared distance of every row to every center, row by row; 0 where a row observes nothing.
  func squaredDistances(to centers: [[Double]]) -> [Double] {
    let count = centers.count
    var distances = [Double](repeating: 0, count: rowCount * count)
    for (axis, offset) in zip(axes, offsets) {
      for (number, center) in centers.enumerated() {
        switch axis {
        case .numbers(let values):
          for row in 0..<rowCount where !values[row].isNaN {
            let difference = values[row] - center[offset]
            distances[row * count + number] += difference * difference
          }
        case .states(let codes, let states, let height):
          let coordinates = center[offset..<offset + states]
          let squares = coordinates.reduce(0) { $0 + $1 * $1 }
          let terms = coordinates.map { squares + height * (height - 2 * $0) }
          for row in 0..<rowCount where codes[row] >= 0 { distances[row * count + number] += terms[Int(codes[row])] }
        }
      }
    }
    for row in 0..<rowCount {
      for number in 0..<count {
        distances[row * count + number] = max(0, distances[row * count + number] * scales[row])
      }
    }
    return distances
  }

  /// Moves each center to the mean of the rows assigned to it; a coordinate that none of them observes stays.
  ///
  /// - assignment: per row the number of its center, −1 where it has none.
  func move(_ centers: inout [[Double]], to assignment: [Int]) {
    for (axis, offset) in zip(axes, offsets) {
      var sums = [Double](repeating: 0, count: centers.count * axis.dimension)
      var totals = [Double](repeating: 0, count: centers.count)
      switch axis {
      case .numbers(let values):
        for (row, center) in assignment.enumerated() where center >= 0 && !values[row].isNaN {
          totals[center] += weights[row]
          sums[center] += weights[row] * values[row]
        }
      case .states(let codes, let count, let height):
        for (row, center) in assignment.enumerated() where center >= 0 && codes[row] >= 0 {
          totals[center] += weights[row]
          sums[center * count + Int(codes[row])] += weights[row] * height
        }
      }
      for center in centers.indices where totals[center] > 0 {
        for coordinate in 0..<axis.dimension {
          centers[center][offset + coordinate] = sums[center * axis.dimension + coordinate] / totals[center]
        }
      }
    }
  }
}
