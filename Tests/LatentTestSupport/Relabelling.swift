public import LatentData
public import LatentModels

/// The same problem under other numbers: variables move to other positions of the schema, states to other codes.
///
/// Names and labels move along, and the parents of a table keep their order. Whatever is learned or inferred must not
/// depend on it.
public struct Relabelling: Hashable, Sendable {
  /// The new position of each variable.
  public let positions: [Int]
  /// The new code of each state of each variable, both by their old numbers.
  public let codes: [[StateCode]]

  public init(positions: [Int], codes: [[StateCode]]) {
    self.positions = positions
    self.codes = codes
  }

  /// A random relabelling of a schema.
  public init(of schema: Schema, using random: inout some RandomNumberGenerator) {
    positions = Array(0..<schema.count).shuffled(using: &random)
    codes = schema.variables.map { (0..<StateCode($0.states.count)).shuffled(using: &random) }
  }

  /// The new identifier of a variable.
  public func callAsFunction(_ id: VariableID) -> VariableID { VariableID(positions[id.index]) }

  /// The new code of a state of a variable; −1 stays −1.
  public func callAsFunction(_ code: StateCode, of id: VariableID) -> StateCode {
    code < 0 ? code : codes[id.index][Int(code)]
  }

  /// Values per variable in the new order.
  private func reordered<Value>(_ values: [Value]) -> [Value] {
    var result = values
    for (old, new) in positions.enumerated() { result[new] = values[old] }
    return result
  }

  public func callAsFunction(_ schema: Schema) -> Schema {
    let variables = zip(schema.variables, codes).map { variable, codes in
      var states = variable.states
      for (old, new) in codes.enumerated() { states[Int(new)] = variable.states[old] }
      return byConstruction {
        try Variable(name: variable.name, domain: variable.isCategorical ? .states(states) : variable.domain)
      }
    }
    return byConstruction { try Schema(reordered(variables)) }
  }

  public func callAsFunction(_ structure: NetworkStructure) -> NetworkStructure {
    let parents = structure.families.map { $0.parents.map { self($0) } }
    return byConstruction { try NetworkStructure(schema: self(structure.schema), parents: reordered(parents)) }
  }

  public func callAsFunction(_ network: BayesianNetwork) -> BayesianNetwork {
    let parameters = self(network.parameters, cellsOf: network.structure)
    let fixed = Set(network.fixed.map { self($0) })
    return byConstruction {
      try BayesianNetwork(structure: self(network.structure), parameters: parameters, fixed: fixed)
    }
  }

  public func callAsFunction(_ table: Table) -> Table {
    let columns = table.schema.ids.map { id in
      switch table.columns[id.index] {
      case .absent: Column.absent
      case .codes(let codes): Column.codes(codes.map { self($0, of: id) })
      case .reals(let values): Column.reals(values)
      }
    }
    return byConstruction {
      try Table(schema: self(table.schema), columns: reordered(columns), weights: table.weights)
    }
  }

  /// A vector laid out like the tables of the old structure, or their statistics, laid out like those of the new one.
  public func callAsFunction(_ values: [Double], cellsOf structure: NetworkStructure) -> [Double] {
    let relabelled = self(structure)
    var result = values
    for family in structure.families where family.law == .table {
      let child = family.child
      for (cell, position) in structure.family(of: child).parameters.enumerated() {
        let cardinality = structure.schema[child].cardinality
        let old = structure.parentStates(of: child, configuration: cell / cardinality)
        let parentStates = zip(family.parents, old).map { self($1, of: $0) }
        let configuration = relabelled.configuration(of: self(child), parentStates: parentStates)
        let state = Int(self(StateCode(cell % cardinality), of: child))
        result[relabelled.family(of: self(child)).parameters(in: configuration).lowerBound + state] = values[position]
      }
    }
    return result
  }
}
