public import LatentData
internal import LatentModels

/// A row that the model gives probability 0, and why.
public struct ImpossibleRow: Hashable, Sendable {
  /// Why a row has probability 0.
  public enum Reason: Hashable, Sendable {
    /// A cell of a table is 0: the state of `variable` and the states of its parents were all observed.
    case zero(VariableID, state: StateCode, given: String)
    /// The number of `variable` is so far from its mean that not even the logarithm of its density is a number.
    case far(VariableID, number: Double, given: String)
    /// Every joint state of these hidden variables has probability 0 together with what was observed.
    case hidden([VariableID])
  }

  /// The row, counted from 0.
  public let row: Int
  /// Why it has probability 0.
  public let reason: Reason

  /// The reason in words.
  public func description(in schema: Schema) -> String {
    switch reason {
    case .zero(let variable, let state, let given):
      "P(\(schema[variable].name)=\(schema[variable].states[Int(state)])\(given.isEmpty ? "" : " | \(given)")) is 0"
    case .far(let variable, let number, let given):
      "P(\(schema[variable].name)=\(number)\(given.isEmpty ? "" : " | \(given)")) is 0, so far is the number from its mean"
    case .hidden(let variables):
      "no state of the unobserved \(variables.map { schema[$0].name }.joined(separator: ", ")) fits what was observed"
    }
  }
}

extension RowInference {
  /// The rows of probability 0 in order, at most `limit` of them.
  public func impossibleRows(limit: Int) -> [ImpossibleRow] {
    var found: [ImpossibleRow] = []
    for row in 0..<rowCount where logLikelihood(row: row) == -.infinity {
      if found.count == limit { break }
      found.append(ImpossibleRow(row: row, reason: reason(row)))
    }
    return found
  }

  private func reason(_ row: Int) -> ImpossibleRow.Reason {
    let codes = table.codes(row: row)
    let structure = network.structure
    for family in structure.families where family.law == .table {
      guard let configuration = structure.configuration(of: family, in: codes),
        let cell = structure.cell(of: family, in: codes), network.parameters[cell] == 0
      else { continue }
      return .zero(
        family.child, state: codes[family.child.index],
        given: structure.describe(configuration: configuration, of: family.child))
    }
    for family in structure.numericFamilies {
      guard let configuration = structure.configuration(of: family, in: codes),
        logDensity(of: family, codes, row: row) == -.infinity,
        let child = family.children.first(where: { !table.value($0, row: row).isNaN })
      else { continue }
      return .far(
        child, number: table.value(child, row: row),
        given: structure.describe(configuration: configuration, of: child))
    }
    var hidden: [VariableID] = []
    for position in positions(ofRow: row) where isImpossible(instance: Int(rowInstances[position])) {
      hidden += self.hidden(ofInstance: Int(rowInstances[position])).map { layout.order[Int($0)] }
        .filter { network.schema[$0].isCategorical }
    }
    return .hidden(hidden.sorted())
  }
}
