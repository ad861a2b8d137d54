internal import Latent

/// The explanations of all rows.
struct DecodedRows {
  let result: ResultTable
  let variables: [String]
  let note: String
  private let decoding: Decoding
  private let states: [[StateCode]]
  private let weights: [Double]

  init(_ rows: LoadedRows, latent: [VariableID]) throws {
    let schema = rows.schema
    decoding = Decoding(rows.inference, latent: latent)
    let decoded: [VariableID]
    switch decoding.method {
    case .hiddenRoot(let root):
      decoded = [root]
      note = "decoded the most probable \(schema[root].name) of each row, other missing cells summed out"
    case .joint:
      decoded = Set(latent + variablesWithHoles(rows.data.table)).filter { schema[$0].isCategorical }.sorted()
      note = "decoded the jointly most probable assignment of everything unobserved in each row"
    }
    states = decoding.states()
    weights = rows.data.table.weights
    var result = ResultTable(identifying: rows.data)
    for id in decoded { try result.append(schema[id].name, .codes(states[id.index], states: schema[id].states)) }
    self.result = result
    variables = decoded.map { schema[$0].name }
  }

  /// Σ over rows, by weight, of log p(assignment, observed).
  private var logProbability: Double {
    var sum = 0.0
    for (logProbability, weight) in zip(decoding.logProbabilities(of: states), weights) where weight > 0 {
      sum += weight * logProbability
    }
    return sum
  }

  var json: JSONValue {
    ["log_probability": .number(logProbability), "rows": result.objects, "variables": .texts(variables)]
  }
}
