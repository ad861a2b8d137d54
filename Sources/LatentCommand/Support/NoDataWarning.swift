internal import Latent

/// What is said where answers rest on rows of tables for which the model has no data.
struct NoDataWarning {
  /// The warning in one sentence; nil where there is nothing to warn of.
  private(set) var sentence: String?

  /// How many rows of tables are named.
  private static let named = 3

  /// A warning about the answers to a question about each row of a table.
  init(_ loaded: LoadedModel, _ table: Table, _ question: RowQuestion, memory: MemoryLimit) throws {
    try self.init(loaded, rows: table.rowCount) { unseen in
      try loaded.network().reliance(on: unseen, of: question, in: table, limit: memory)
    }
  }

  /// A warning about what is said of some variables in one situation, and about how probable the situation is.
  init(_ loaded: LoadedModel, _ situation: Situation, asked: Set<VariableID>) throws {
    try self.init(loaded, rows: 1) { unseen in
      // What is set from outside does not depend on its table.
      let unseen = unseen.filter { situation.interventions[$0.variable] == nil }
      return try [RowQuestion.posterior(of: asked), .likelihood].flatMap {
        try situation.network.reliance(on: unseen, of: $0, given: situation.evidence, limit: situation.limit)
      }
    }
  }

  private init(
    _ loaded: LoadedModel, rows: Int, _ find: (Set<UnseenConfiguration>) throws -> [Reliance]
  ) throws {
    guard !loaded.model.unseen.isEmpty else { return }
    do {
      let weights = try find(loaded.model.unseen).map { ($0.configuration, $0.weight) }
      sentence = Self.sentence(loaded, Dictionary(weights) { max($0, $1) }, rows: rows)
    } catch let error as InferenceError {
      sentence =
        "\(displayName(loaded.path)) has no data for \(counted(loaded.model.unseen.count, "parent configuration")); whether "
        + "the \(rows == 1 ? "answer rests" : "answers rest") on one was not found out, since \(error)"
    }
  }

  /// A warning about answers for so many rows, of which so many rest on each configuration; of equal ones, those of the
  /// variables that come first are named.
  init(_ loaded: LoadedModel, _ weights: [UnseenConfiguration: Double], rows: Int) {
    sentence = Self.sentence(loaded, weights, rows: rows)
  }

  /// Says it, if there is something to say.
  func note(_ console: Console) {
    if let sentence { console.note(sentence) }
  }

  private static func sentence(
    _ loaded: LoadedModel, _ weights: [UnseenConfiguration: Double], rows: Int
  ) -> String? {
    guard !weights.isEmpty else { return nil }
    let sorted = weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(named).map { row, weight in
      "\(row.description(in: loaded.model.structure)) (\(share(weight, of: rows)))"
    }
    let rest = sorted.count > named ? "; and \(sorted.count - named) more" : ""
    let hasTables = weights.keys.contains { loaded.model.schema[$0.variable].isCategorical }
    return
      "\(displayName(loaded.path)) has no data for \(counted(sorted.count, "parent configuration")) that "
      + "\(rows == 1 ? "the answer rests" : "the answers rest") on: \(shown.joined(separator: "; "))\(rest); "
      + (hasTables ? "fit with --prior 1, or with data that have them" : "fit with data that have them")
  }

  /// How much rests on a row of a table: a probability, or a number of rows.
  private static func share(_ weight: Double, of rows: Int) -> String {
    let number = Numerals.significant(weight, digits: 2)
    return rows == 1 ? "probability \(number)" : "\(number) of \(rows) rows"
  }
}
