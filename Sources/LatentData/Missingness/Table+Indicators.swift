extension Codebook {
  /// The states of a variable that says whether a cell is missing, in order.
  public static let indicatorStates = ["observed", "missing"]

  /// The name of the variable that says whether the cells of another are missing.
  public static func indicatorName(of variable: String) -> String { "m_\(variable)" }

  /// The same codebook with indicators of more variables.
  package func withIndicators(of variables: [String]) -> Codebook {
    var codebook = self
    for name in variables { codebook.indicators[Self.indicatorName(of: name)] = name }
    return codebook
  }

  /// The same codebook with what follows from missing cells as in another.
  package func withDerivations(of other: Codebook) -> Codebook {
    var codebook = self
    (codebook.indicators, codebook.missingStates) = (other.indicators, other.missingStates)
    return codebook
  }

  /// The same codebook without indicators.
  package func withoutIndicators() -> Codebook {
    var codebook = self
    codebook.indicators = [:]
    return codebook
  }

  /// The same codebook, in which missing cells of these variables, too, are their last state.
  package func withMissingStates(of variables: some Sequence<String>) -> Codebook {
    var codebook = self
    codebook.missingStates.formUnion(variables)
    return codebook
  }
}

extension Table {
  /// The same rows with the columns that the codebook derives from others: for each indicator, which cells of its
  /// variable are missing; and where missing cells are a state, with this state in them. An indicator whose variable has
  /// no column stays without one, as nothing is known of it; a column that is there already stays as it is. Linear in the
  /// cells concerned.
  public func recordingMissingness(of codebook: Codebook) -> Table {
    guard !codebook.indicators.isEmpty || !codebook.missingStates.isEmpty else { return self }
    var columns = columns
    for name in codebook.missingStates {
      guard let id = schema[name], case .codes(let codes) = columns[id.index] else { continue }
      let state = StateCode(schema[id].cardinality - 1)
      columns[id.index] = .codes(codes.map { $0 < 0 ? state : $0 })
    }
    for id in schema.ids {
      guard case .absent = columns[id.index], let name = codebook.indicators[schema[id].name],
        let variable = schema[name]
      else { continue }
      columns[id.index] = self.columns[variable.index].missingCells
    }
    return Table(checked: schema, columns: columns, weights: weights, sequenceStarts: sequenceStarts)
  }
}

extension Column {
  /// The column of the indicator: 0 where a cell is observed and 1 where it is missing.
  fileprivate var missingCells: Column {
    switch self {
    case .absent: .absent
    case .codes(let codes): .codes(codes.map { $0 < 0 ? 1 : 0 })
    case .reals(let values): .codes(values.map { $0.isNaN ? 1 : 0 })
    }
  }
}
