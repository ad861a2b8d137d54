/// The variables of a model or a table, in order.
public struct Schema: Hashable, Sendable {
  /// The variables; `VariableID.index` is the position here.
  public let variables: [Variable]
  private let positions: [String: Int]

  /// Creates a schema from variables with different names.
  public init(_ variables: [Variable]) throws(SchemaError) {
    var positions: [String: Int] = [:]
    for (index, variable) in variables.enumerated() {
      guard positions.updateValue(index, forKey: variable.name) == nil else {
        throw .duplicateVariable(variable.name)
      }
    }
    self.variables = variables
    self.positions = positions
  }

  /// The number of variables.
  public var count: Int { variables.count }

  /// The identifiers of all variables, in order.
  public var ids: [VariableID] { variables.indices.map { VariableID($0) } }

  /// The identifier of the variable with this name; O(1).
  public subscript(name: String) -> VariableID? { positions[name].map { VariableID($0) } }

  /// The variable with this identifier.
  public subscript(id: VariableID) -> Variable { variables[id.index] }

  /// Whether both have the same variables in the same order.
  public static func == (a: Self, b: Self) -> Bool { a.variables == b.variables }

  /// Feeds the variables to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(variables) }
}
