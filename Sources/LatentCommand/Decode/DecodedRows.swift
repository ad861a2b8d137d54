internal import Latent

/// The explanations of all rows.
struct DecodedRows {
  let result: ResultTable
  let variables: [String]
  /// The variables on whose distribution the explanations rest.
  let asked: Set<VariableID>
  let note: String
  /// How the decoded states of hidden columns compare with those of the file.
  let comparisons: [HiddenCells.Comparison]
  private let decoded: DecodedTable
  private let weights: [Double]

  init(_ decoded: DecodedTable, of data: LoadedTable) throws {
    self.decoded = decoded
    let schema = data.table.schema
    note =
      switch decoded.method {
      case .hiddenRoot(let root):
        "decoded the most probable \(schema[root].name) of each row, other missing cells summed out"
      case .variables(let asked):
        "decoded the \(asked.count == 1 ? "" : "jointly ")most probable \(listed(asked.map { schema[$0].name })) of each "
          + "row, other missing cells summed out"
      case .path(let chain):
        "decoded the most probable path of \(schema[chain].name) through each sequence, other missing cells summed out"
      case .joint: "decoded the jointly most probable assignment of everything unobserved in each row"
      }
    asked =
      switch decoded.method {
      case .hiddenRoot, .variables: Set(decoded.variables)
      case .joint, .path: Set(schema.ids)
      }
    comparisons = HiddenCells(data).comparisons { id in
      decoded.variables.contains(id) ? .codes(decoded.codes(of: id)) : nil
    }
    weights = data.table.weights
    var result = ResultTable(identifying: data)
    for id in decoded.variables {
      try result.append(schema[id].name, .codes(decoded.codes(of: id), states: schema[id].states))
    }
    self.result = result
    variables = decoded.variables.map { schema[$0].name }
  }

  /// Σ over rows, by weight, of log p(assignment, observed).
  private var logProbability: Double {
    var sum = 0.0
    for (logProbability, weight) in zip(decoded.logProbabilities(), weights) where weight > 0 {
      sum += weight * logProbability
    }
    return sum
  }

  var json: JSONValue {
    [
      "hidden": comparisons.isEmpty ? nil : .list(comparisons.map(\.json)),
      "log_probability": .number(logProbability), "rows": result.objects, "variables": .texts(variables),
    ]
  }
}
