public import LatentData

/// Columns of numbers that together have one normal distribution per configuration of their parents.
public struct Block: Hashable, Sendable {
  /// The name by which edges call the block.
  public let name: String
  /// The columns, in the order of the mean and of the rows of the covariance.
  public let columns: [VariableID]
  /// How the numbers spread.
  public let covariance: Covariance

  /// A block of at least one column.
  public init(name: String, columns: [VariableID], covariance: Covariance) {
    self.name = name
    self.columns = columns
    self.covariance = covariance
  }
}
