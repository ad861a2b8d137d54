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

  /// The same codebook with the indicators of another and no others.
  package func withIndicators(of other: Codebook) -> Codebook {
    var codebook = self
    codebook.indicators = other.indicators
    return codebook
  }
}

extension Table {
  /// The same rows with the columns that the codebook derives from others: for each indicator, which cells of its
  /// variable are missing. An indicator whose variable has no column stays without one, as nothing is known of it; a
  /// column that is there already stays as it is. Linear in the cells concerned.
  public func recordingMissingness(of codebook: Codebook) -> Table {
    guard !codebook.indicators.isEmpty else { return self }
    var columns = columns
    for id in schema.ids {
      guard case .absent = columns[id.index], let name = codebook.indicators[schema[id].name],
        let variable = schema[name]
      else { continue }
      columns[id.index] = columns[variable.index].missingCells
    }
    return Table(checked: schema, columns: columns, weights: weights)
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
