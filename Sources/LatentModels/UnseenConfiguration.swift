public import LatentData

/// A configuration of a variable's parents for which there are no data: no row gave it any expected weight.
public struct UnseenConfiguration: Hashable, Comparable, Sendable {
  /// The variable, or the first column of a block.
  public let variable: VariableID
  /// The configuration of its parents, as `NetworkStructure` numbers them.
  public let configuration: Int

  /// A configuration of a variable's parents.
  public init(variable: VariableID, configuration: Int) {
    self.variable = variable
    self.configuration = configuration
  }

  /// In the order of the variables, and of each one's configurations.
  public static func < (a: Self, b: Self) -> Bool {
    (a.variable, a.configuration) < (b.variable, b.configuration)
  }

  /// The configuration in words: `dysp | either=yes, bronc=no`.
  public func description(in structure: NetworkStructure) -> String {
    let parents = structure.describe(configuration: configuration, of: variable)
    let name = structure.family(of: variable).name
    return parents.isEmpty ? name : "\(name) | \(parents)"
  }
}

extension Model {
  /// By variable, the configurations of its parents for which there are no data, in order.
  public var unseenConfigurations: [VariableID: [Int]] {
    Dictionary(grouping: unseen.sorted(), by: \.variable).mapValues { $0.map(\.configuration) }
  }
}
