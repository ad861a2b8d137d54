internal import Latent

extension MissingnessLook {
  /// The most patterns that are listed.
  private static let mostPatterns = 10_000

  /// Everything for other programs.
  var json: JSONValue {
    let columns = report.columns
    return [
      "rows": .integer(report.rows), "total_weight": .number(report.weight),
      "complete_rows": .number(report.completeWeight),
      "missing_cells": .number(report.missing.reduce(0, +)),
      "variables": .list(
        columns.indices.map { column in
          [
            "name": .text(columns[column].name), "missing": .number(report.missing[column]),
            "rate": .number(report.weight > 0 ? report.missing[column] / report.weight : 0),
          ]
        }),
      "always_missing": .texts(report.alwaysMissing.map { columns[$0].name }),
      "pattern_count": .integer(report.patterns.count),
      "patterns": .list(
        report.patterns.prefix(Self.mostPatterns).map { pattern in
          [
            "count": .number(pattern.weight), "share": .number(pattern.weight / report.weight),
            "missing": .texts(pattern.missing.map { columns[$0].name }),
          ]
        }),
      "little": littleEntry, "little_reason": littleReason, "adjustment": .text("holm"),
      "tests": .list(report.tests.map(entry)),
      "suspicious_codes": .list(
        suspects.map { ["variable": .text($0.name), "codes": .texts($0.suspectedCodes)] }),
    ]
  }

  private var littleEntry: JSONValue {
    guard case .test(let test, let columns) = little else { return .null }
    return [
      "statistic": .number(test.statistic), "degrees_of_freedom": .integer(test.degreesOfFreedom),
      "p_value": .number(test.pValue), "effect_size": .number(test.effect), "patterns": .integer(test.patterns),
      "variables": .texts(columns), "missing_rank": .integer(test.missingRank),
    ]
  }

  private var littleReason: JSONValue? {
    guard case .none(let obstacle) = little else { return nil }
    return .text("\(obstacle)")
  }

  private func entry(_ test: MissingnessTest) -> JSONValue {
    var members: [String: JSONValue] = [
      "missing": .text(report.columns[test.missing].name), "variable": .text(report.columns[test.variable].name),
      "p_value": .number(test.pValue), "adjusted_p_value": .number(test.adjustedPValue),
      "effect_size": .number(test.effect),
    ]
    switch test.finding {
    case .shares(let shares, let statistic, let degreesOfFreedom):
      members["test"] = .text("g")
      members["statistic"] = .number(statistic)
      members["degrees_of_freedom"] = .integer(degreesOfFreedom)
      members["effect"] = .text("cramers_v")
      members["groups"] = groups(shares, of: test.variable)
    case .exactShares(let shares):
      members["test"] = .text("fisher")
      members["effect"] = .text("cramers_v")
      members["groups"] = groups(shares, of: test.variable)
    case .means(let missing, let observed, let statistic, let degreesOfFreedom, _):
      members["test"] = .text("welch")
      members["statistic"] = .number(statistic)
      members["degrees_of_freedom"] = .number(degreesOfFreedom)
      members["effect"] = .text("cohens_d")
      members["mean_missing"] = .number(missing)
      members["mean_observed"] = .number(observed)
    }
    return .object(members)
  }

  private func groups(_ shares: MissingShares, of variable: Int) -> JSONValue {
    guard case .labels(let labels) = report.columns[variable].content else { return .null }
    return .list(
      shares.groups.map { group in
        [
          "labels": .texts(group.labels.map { labels[$0] }), "missing": .number(group.missing),
          "observed": .number(group.observed),
        ]
      })
  }
}
