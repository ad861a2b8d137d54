internal import LatentData
internal import LatentModels

/// The moments of the numbers that rows of one pattern observe, in each configuration of the parents: gathered before it
/// is known where the columns lie.
struct ConstantMoments {
  /// The weighted mean of some numbers, and their scatter about it (Welford 1962, West 1979).
  private struct Scatter {
    var weight = 0.0
    var mean: [Double]
    /// The lower triangle of Σ w (x − mean)(x − mean)ᵀ, row by row; its diagonal alone where numbers are independent.
    var scatter: [Double]

    mutating func add(_ values: UnsafeBufferPointer<Double>, weight new: Double) {
      weight += new
      let share = new / weight
      let keepsAll = scatter.count > mean.count
      var position = 0
      for row in values.indices {
        // Columns up to the row have moved to their new means; the row is about to.
        let difference = values[row] - mean[row]
        mean[row] += difference * share
        if keepsAll {
          for column in 0...row {
            scatter[position] += new * difference * (values[column] - mean[column])
            position += 1
          }
        } else {
          scatter[row] += new * difference * (values[row] - mean[row])
        }
      }
    }
  }

  private let isJoint: Bool
  private var configurations: [Scatter]

  init(_ pattern: NumberPatterns.Pattern) {
    let count = pattern.observed.count
    switch pattern.family.law {
    case .gaussian(.full), .gaussian(.tied): isJoint = true
    case .gaussian(.diagonal), .gaussian(.spherical), .poisson, .table: isJoint = false
    }
    configurations = [Scatter](
      repeating: Scatter(
        mean: [Double](repeating: 0, count: count),
        scatter: [Double](repeating: 0, count: isJoint ? count * (count + 1) / 2 : count)),
      count: pattern.family.configurations)
  }

  /// The summed weight.
  var weight: Double { configurations.reduce(0) { $0 + $1.weight } }

  mutating func add(_ values: UnsafeBufferPointer<Double>, configuration: Int, weight: Double) {
    guard weight > 0 else { return }
    configurations[configuration].add(values, weight: weight)
  }

  /// The moments about the origins of a frame, laid out as those of the pattern.
  func moments(_ pattern: NumberPatterns.Pattern, _ frame: Frame) -> [Double] {
    let children = pattern.observed.map { pattern.family.children[$0] }
    return configurations.flatMap { configuration in
      let weight = configuration.weight
      let shifts = children.indices.map { configuration.mean[$0] - frame[children[$0]].origin }
      switch pattern.family.law {
      case .poisson: return [weight, weight * configuration.mean[0]]
      case .gaussian where isJoint:
        var moments = [weight]
        var position = 0
        for row in shifts.indices {
          moments.append(weight * shifts[row])
          for column in 0...row {
            moments.append(configuration.scatter[position] + weight * shifts[row] * shifts[column])
            position += 1
          }
        }
        return moments
      case .gaussian, .table:
        return shifts.indices.flatMap {
          [weight, weight * shifts[$0], configuration.scatter[$0] + weight * shifts[$0] * shifts[$0]]
        }
      }
    }
  }
}
