public import LatentData

/// Where the numbers of each column lie: what moments are taken about, and how small a variance may become.
///
/// Sums of squares about 0 lose the digits of a column far from it; about the mean of the column they do not. Parameters
/// stay in the user's units.
public struct Frame: Hashable, Sendable {
  /// The frame of one variable.
  public struct Axis: Hashable, Sendable {
    /// What moments are taken about.
    public let origin: Double
    /// The variance of the column; 0 where nothing is known of it.
    public let variance: Double

    /// The least variance that learning gives.
    public let varianceFloor: Double

    /// An axis of a column with this mean and variance.
    ///
    /// - floorShare: how much of the variance the least one is; nothing below `leastFloorShare` can be computed with.
    public init(origin: Double, variance: Double, floorShare: Double = Frame.varianceFloorShare) {
      self.origin = origin
      self.variance = variance
      varianceFloor = variance * max(floorShare, Frame.leastFloorShare)
    }

    /// The axis of a column of which nothing is known.
    package static let standard = Axis(origin: 0, variance: 0)
  }

  /// The share of a column's variance below which no variance falls: a component that sits on equal numbers would
  /// otherwise reach a variance of 0 and an infinite likelihood. Below it, rounding in sums of squares about the mean of the
  /// column would show in the likelihood.
  public static let varianceFloorShare = 1e-6

  /// The least share of a column's variance that sums of squares about its mean can tell from 0 and from rounding.
  public static let leastFloorShare = 1e-9

  /// The variances that can be divided by, and whose densities have logarithms.
  public static let variances = 1e-300...1e300

  /// The rates that counts may have.
  public static let rates = 0.0...1e300

  /// The variances of columns whose numbers can be learned from: also the share of one that is the floor is in
  /// `variances`.
  public static let learnableVariances = 1e-290...1e290

  /// One axis per variable; none at all where no variable has numbers.
  private let axes: [Axis]

  /// The frame of a model without numbers.
  public static let empty = Frame(axes: [])

  private init(axes: [Axis]) { self.axes = axes }

  /// The frame of columns with these moments, one entry per variable; no entries where no variable has numbers.
  public init(_ moments: [WeightedMoments]) {
    axes = moments.map { Axis(origin: $0.mean, variance: $0.variance) }
  }

  /// The same frame with another least variance: so much of that of the column.
  public func flooring(variancesAt share: Double) -> Frame {
    Frame(axes: axes.map { Axis(origin: $0.origin, variance: $0.variance, floorShare: share) })
  }

  /// The frame of the columns of a table.
  public init(_ table: Table) {
    guard table.schema.variables.contains(where: { !$0.isCategorical }) else {
      self = .empty
      return
    }
    self.init(
      table.columns.map { column in
        var moments = WeightedMoments()
        if case .reals(let values) = column { moments.add(values, weights: table.weights) }
        return moments
      })
  }

  /// The axis of a variable.
  public subscript(id: VariableID) -> Axis { axes.isEmpty ? .standard : axes[id.index] }

  /// The axes of the numbers of a family; none for a table.
  package func axes(of family: Family) -> [Axis] { family.isTable ? [] : family.children.map { self[$0] } }
}
