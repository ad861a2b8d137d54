/// What a model file says beside the model: positions, colours, comments, properties, extensions of programs.
///
/// The pieces are in the spelling of the format they come from, which alone can repeat them.
public struct Annotations: Hashable, Sendable {
  /// The format in whose spelling the pieces are.
  let format: ModelFormat
  /// What concerns the whole network, in the order of the file.
  var network: [String] = []
  /// What stands with a variable, by its name.
  var variables: [String: [String]] = [:]
  /// What stands with the table of a variable, by the variable's name.
  var tables: [String: [String]] = [:]
  /// What follows after everything else.
  var end: [String] = []

  init(_ format: ModelFormat) { self.format = format }

  /// The number of pieces.
  public var count: Int {
    network.count + end.count + variables.values.reduce(0) { $0 + $1.count } + tables.values.reduce(0) { $0 + $1.count }
  }
}
