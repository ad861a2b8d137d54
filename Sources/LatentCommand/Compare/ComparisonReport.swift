internal import Latent

extension Comparison {
  /// The comparison for people.
  var text: String {
    let hasRatio = models.contains { $0.likelihoodRatio != nil }
    let hasFolds = models.contains { $0.crossValidated != nil }
    var columns: [(title: String, alignment: TextTable.Alignment)] = [("model", .left)]
    columns += ["log-likelihood", "parameters", "AIC", "BIC", "ICL", "entropy"].map { ($0, .right) }
    if hasRatio { columns += [("G^2", .right), ("df", .right)] }
    if hasFolds { columns.append(("cross-validated", .right)) }
    columns.append(("best found by", .left))
    var table = TextTable(columns)
    for model in models {
      var cells = [model.name, fixed(model.fit.logLikelihood, 4), "\(model.fit.freeParameters)"]
      cells += [model.fit.criteria.aic, model.fit.criteria.bic, model.icl, model.classes.entropy].map(Self.cell)
      if hasRatio {
        cells += [
          Self.cell(model.likelihoodRatio?.statistic), model.likelihoodRatio?.degreesOfFreedom.map { "\($0)" } ?? "–",
        ]
      }
      if hasFolds { cells.append(Self.cell(model.crossValidated)) }
      cells.append("\(model.fit.startsAtBest) of \(counted(model.fit.starts.count, "start"))")
      table.append(cells)
    }
    var text = table.text
    if let sizes { text += "\n" + sizes }
    text += "\nbest by BIC: \(best.name)\n"
    if best.fit.unit == .density {
      text += "log-likelihoods, AIC, BIC and ICL are of a density: they depend on the units of the columns\n"
    }
    return text
  }

  /// The criteria as a picture.
  func drawing(of data: String) -> CriteriaDrawing {
    CriteriaDrawing(
      models.map { model in
        CriteriaDrawing.Entry(
          name: model.name, size: model.candidate.size, kind: model.candidate.covariance?.rawValue ?? "",
          aic: model.fit.criteria.aic, bic: model.fit.criteria.bic, icl: model.icl)
      },
      title: models.count > 1 && models[0].candidate.size != nil
        ? "\(displayName(models[0].candidate.loaded.path)) on \(data)" : data)
  }

  /// The expected shares of the classes; nil when no model has any.
  private var sizes: String? {
    guard models.contains(where: { !$0.latent.isEmpty }) else { return nil }
    var table = TextTable([("model", .left), ("class sizes in %", .left)])
    for model in models {
      let variables = zip(model.latent, model.classes.shares).map { id, shares in
        let sizes = shares.map { fixed(100 * $0, 1) }.joined(separator: " ")
        return model.latent.count == 1 ? sizes : "\(model.job.schema[id].name) \(sizes)"
      }
      table.append([model.name, variables.joined(separator: ", ")])
    }
    return table.text
  }

  private static func cell(_ number: Double?) -> String { number.map { fixed($0, 3) } ?? "–" }

  /// The comparison for other programs.
  var json: JSONValue {
    ["models": .list(models.map(\.json)), "best": .text(best.name), "of_a_density": best.fit.unit.json]
  }
}

extension ComparedModel {
  /// The figures for other programs; those that there are none of are null.
  fileprivate var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    let sizes = zip(latent, classes.shares).map { (job.schema[$0].name, JSONValue.numbers($1)) }
    return [
      "name": .text(name), "log_likelihood": .number(fit.logLikelihood),
      "free_parameters": .integer(fit.freeParameters),
      "aic": .number(fit.criteria.aic), "bic": .number(fit.criteria.bic), "icl": number(icl),
      "entropy": number(classes.entropy), "cross_validated_log_likelihood": number(crossValidated),
      "g_squared": number(likelihoodRatio?.statistic),
      "degrees_of_freedom": likelihoodRatio?.degreesOfFreedom.map { .integer($0) } ?? .null,
      "class_sizes": .object(Dictionary(uniqueKeysWithValues: sizes)), "starts": .integer(fit.starts.count),
      "starts_at_best": .integer(fit.startsAtBest), "warnings": .texts(warnings),
    ]
  }
}
