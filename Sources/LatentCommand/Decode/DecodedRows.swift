internal import Latent

/// The explanations of all rows.
struct DecodedRows {
  let result: ResultTable
  let variables: [String]
  /// Σ over rows, by weight, of log p(assignment, observed).
  let logProbability: Double
  let note: String

  init(_ rows: LoadedRows, latent: [VariableID]) throws {
    let schema = rows.schema
    let decoding = Decoding(rows.inference, latent: latent)
    let decoded: [VariableID]
    switch decoding.method {
    case .hiddenRoot(let root):
      decoded = [root]
      note = "decoded the most probable \(schema[root].name) of each row, other missing cells summed out"
    case .joint:
      decoded = Set(latent + variablesWithHoles(rows.data.table)).sorted()
      note = "decoded the jointly most probable assignment of everything unobserved in each row"
    }
    var columns = decoded.map { _ in [StateCode]() }
    var logProbability = 0.0
    for row in 0..<rows.inference.rowCount {
      let explanation = decoding.explanation(row: row)
      for (position, id) in decoded.enumerated() { columns[position].append(explanation.states[id.index]) }
      let weight = rows.data.table.weights[row]
      if weight > 0 { logProbability += weight * explanation.logProbability }
    }
    var result = ResultTable(identifying: rows.data)
    for (id, codes) in zip(decoded, columns) {
      try result.append(schema[id].name, .codes(codes, states: schema[id].states))
    }
    self.result = result
    self.logProbability = logProbability
    variables = decoded.map { schema[$0].name }
  }
  var json: JSONValue {
    ["log_probability": .number(logProbability), "rows": result.objects, "variables": .texts(variables)]
  }
}
