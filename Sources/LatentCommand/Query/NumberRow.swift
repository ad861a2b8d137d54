internal import Latent

/// The distribution of one number, as a row of a table.
struct NumberRow {
  let name: String
  let distribution: NumberDistribution

  /// The probabilities whose quantiles are told.
  private static let levels = [0.05, 0.25, 0.5, 0.75, 0.95]

  private var quantiles: [Double] { Self.levels.map { distribution.quantile($0) } }

  /// A row per number: mean, standard deviation, and the numbers below which 5 % to 95 % lie.
  static func text(_ rows: [NumberRow]) -> String {
    var table = TextTable(
      [("number", .left), ("mean", .right), ("sd", .right)] + levels.map { ("\(fixed($0 * 100, 0))%", .right) })
    for row in rows {
      let values = [row.distribution.mean, row.distribution.standardDeviation] + row.quantiles
      table.append([row.name] + values.map { Numerals.significant($0, digits: 6) })
    }
    return table.text
  }

  var json: JSONValue {
    let quantiles = zip(Self.levels, quantiles).map { ("\($0)", JSONValue.number($1)) }
    return [
      "variable": .text(name), "mean": .number(distribution.mean), "sd": .number(distribution.standardDeviation),
      "quantiles": .object(Dictionary(uniqueKeysWithValues: quantiles)),
    ]
  }
}
