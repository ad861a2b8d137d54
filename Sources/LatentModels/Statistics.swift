/// Expected sufficient statistics of all families, end to end: first N(child state, parent configuration) of all tables,
/// laid out like their parameters, then the moments of the families of numbers.
public struct Statistics: AdditiveStatistics, Hashable {
  /// The statistics of each family stand at `Family.statistics`.
  public var values: [Double]
  /// What the moments are taken about; `.empty` as long as there are none.
  public package(set) var frame: Frame

  /// Statistics of one structure.
  public init(values: [Double], frame: Frame = .empty) {
    self.values = values
    self.frame = frame
  }

  /// Adds statistics cell by cell; both belong to the same structure, and their moments, if any, to the same frame.
  public static func += (a: inout Self, b: Self) {
    precondition(a.values.count == b.values.count, "statistics of one structure")
    a.adopt(b.frame)
    for index in a.values.indices { a.values[index] += b.values[index] }
  }

  /// Takes the frame of what is about to be added.
  package mutating func adopt(_ frame: Frame) {
    guard frame != .empty, frame != self.frame else { return }
    precondition(self.frame == .empty, "moments about one frame")
    self.frame = frame
  }
}
