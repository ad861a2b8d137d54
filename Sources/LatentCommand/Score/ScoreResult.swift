internal import Latent

/// How well a model fits a table.
struct Score {
  let logLikelihood: Double
  let criteria: InformationCriteria
  let freeParameters: Int
  let totalWeight: Double
  let summary: TableSummary
  let latent: [String]
  let unit: LikelihoodUnit
  /// How the log-likelihood divides; nil for a model without indicators.
  let separation: Separation?
  /// The rows of positive weight and probability 0, counted from 1.
  let impossibleRows: [Int]
  /// Which rows these are and why, in a sentence.
  let impossible: String?

  init(_ loaded: LoadedModel, _ data: LoadedTable, zeros: ZeroPolicy, memory: MemoryLimit) throws {
    let network = try loaded.network()
    let table = data.sequenced?.table ?? data.table
    guard table.weights.contains(where: { $0 > 0 }) else {
      throw CommandError(.data, "\(displayName(data.path)): every row has weight 0, so there is nothing to score")
    }
    logLikelihood = try network.logLikelihood(of: table, limit: memory)
    if logLikelihood > -.infinity {
      impossibleRows = []
      impossible = nil
    } else if let sequenced = data.sequenced {
      impossibleRows = try ChainInference(network, table, limit: memory).impossibleRows().map { sequenced.rows[$0] + 1 }
      impossible = try ImpossibleRowsMessage(network, data, model: loaded.path, memory: memory).error.description
    } else {
      let inference = try RowInference(network, table, limit: memory)
      impossibleRows = inference.impossibleRows(limit: table.rowCount).map { $0.row + 1 }
      impossible = ImpossibleRowsMessage(inference, data, model: loaded.path).error.description
    }
    separation = loaded.model.separation(of: network, logLikelihood: logLikelihood, in: table)
    freeParameters = loaded.model.freeParameterCount(zeros: zeros)
    summary = TableSummary(table)
    totalWeight = summary.weight
    unit = LikelihoodUnit(table.schema) { table.isUnobserved($0) }
    criteria = InformationCriteria(
      logLikelihood: logLikelihood, freeParameters: freeParameters, weight: totalWeight)
    latent = latentVariables(loaded, data).map { loaded.model.schema[$0].name }
  }

  /// The score for people.
  var text: String {
    var facts = TextTable([("", .left), ("", .left)])
    facts.append(["log-likelihood", fixed(logLikelihood, 6)])
    for fact in SeparationReport(separation)?.facts ?? [] { facts.append(fact) }
    facts.append(["free parameters", "\(freeParameters)"])
    facts.append(["AIC, BIC", "\(fixed(criteria.aic, 3)), \(fixed(criteria.bic, 3))\(unit.suffix)"])
    facts.append(["rows", "\(summary.rowCount), \(summary.completeRows) of them complete"])
    if totalWeight != Double(summary.rowCount) { facts.append(["weight", "\(totalWeight)"]) }
    facts.append(["missing cells", "\(summary.missingCells)"])
    if !latent.isEmpty { facts.append(["latent variables", latent.joined(separator: ", ")]) }
    return facts.text
  }
}

extension Score {
  /// The score for other programs; minus infinity is null.
  ///
  /// - perRow: the log-likelihoods of the rows, where they were asked for.
  func json(_ perRow: RowScores?) -> JSONValue {
    var members: [String: JSONValue] = [
      "log_likelihood": .number(logLikelihood), "aic": .number(criteria.aic), "bic": .number(criteria.bic),
      "free_parameters": .integer(freeParameters), "rows": .integer(summary.rowCount),
      "complete_rows": .integer(summary.completeRows), "incomplete_rows": .integer(summary.incompleteRows),
      "missing_cells": .integer(summary.missingCells), "total_weight": .number(totalWeight),
      "latent_variables": .texts(latent), "of_a_density": unit.json,
      "impossible_rows": .list(impossibleRows.map { .integer($0) }),
    ]
    if let terms = SeparationReport(separation) {
      members["log_likelihood_data"] = terms.data
      members["log_likelihood_missingness"] = terms.missingness
      members["separation_reason"] = terms.reason
    }
    if let perRow { members["row_log_likelihoods"] = .numbers(perRow.logLikelihoods) }
    return .object(members)
  }
}

/// The log-likelihood of every row, each taken once.
struct RowScores {
  let result: ResultTable
  let logLikelihoods: [Double]

  init(_ loaded: LoadedModel, _ data: LoadedTable, memory: MemoryLimit) throws {
    if let sequenced = data.sequenced {
      (result, logLikelihoods) = try Self.perSequence(loaded, data, sequenced, memory: memory)
      return
    }
    logLikelihoods = try loaded.network().logLikelihoods(of: data.table, limit: memory)
    var result = ResultTable(identifying: data)
    try result.append("log_likelihood", .numbers(logLikelihoods))
    self.result = result
  }

  /// One line per sequence.
  private static func perSequence(
    _ loaded: LoadedModel, _ data: LoadedTable, _ sequenced: SequencedTable, memory: MemoryLimit
  ) throws -> (ResultTable, [Double]) {
    let chain = try ChainInference(try loaded.network(), sequenced.table, limit: memory)
    let logLikelihoods = try chain.logLikelihoods()
    var result = ResultTable(rowCount: chain.sequences.count, of: data)
    if let names = sequenced.names, let column = loaded.model.structure.dynamics.sequence?.by {
      try result.append(column, .texts(names))
    }
    try result.append("steps", .reals(chain.sequences.map { Double($0.count) }))
    try result.append("log_likelihood", .numbers(logLikelihoods))
    return (result, logLikelihoods)
  }
}
