import Latent
import LatentTestSupport
import Testing

/// Published fits of normal distributions with missing cells.
@Suite struct PublishedNormalTests {
  private static func model(
    _ columns: [String], fixedMeans: Bool = false, parameters: [Double]? = nil
  ) throws -> Model {
    let schema = try Schema(columns.map { try Variable(name: $0, domain: .real) })
    let block = Block(name: "block", columns: schema.ids, covariance: .full)
    let structure = try NetworkStructure(schema: schema, parents: columns.map { _ in [] }, blocks: [block])
    return try Model(
      name: "", structure: structure, fixedMeans: fixedMeans ? Set(schema.ids) : [], parameters: [parameters])
  }

  private static let strict: FitOptions = {
    var options = FitOptions()
    options.stopping = StoppingRule(maximumIterations: 100_000, tolerance: 1e-15)
    return options
  }()

  /// Little and Rubin (2002), example 7.4: the size of apple crops and their worms.
  @Test func appleCrops() throws {
    let model = try Self.model(["size", "worms"])
    let table = try Table(
      [
        "size": .numbers([8, 6, 11, 22, 14, 17, 18, 24, 19, 23, 26, 40, 4, 4, 5, 6, 8, 10]),
        "worms": .numbers([59, 58, 56, 53, 50, 45, 43, 42, 39, 38, 30, 27] + [Double?](repeating: nil, count: 6)),
      ], for: model)
    let fit = try model.fit(to: table, options: Self.strict)
    expectClose(fit.logLikelihood, -101.785_632_1, absolute: 1e-7)
    expectClose(
      fit.network.parameters, [14.722_222_2, 49.333_333_3, 89.533_950_6, -90.696_729_2, 114.694_951_1], absolute: 1e-4)
  }

  /// Murray (1977): of means known to be zero; EM started without correlation stays at a saddle, and finds the maxima from
  /// either side of it.
  @Test(arguments: [(0.0, 0.0, -30.033_342_39), (0.1, 0.5, -29.974_286_41), (-0.1, -0.5, -29.974_286_41)])
  func murray(start: Double, correlation: Double, logLikelihood: Double) throws {
    let model = try Self.model(["x", "y"], fixedMeans: true, parameters: [0, 0, 2, start, 2])
    let table = try Table(
      [
        "x": .numbers([1, 1, -1, -1, 2, 2, -2, -2, nil, nil, nil, nil]),
        "y": .numbers([1, -1, 1, -1, nil, nil, nil, nil, 2, 2, -2, -2]),
      ], for: model)
    let fit = try model.fit(to: table, starts: .parameters, options: Self.strict)
    expectClose(fit.logLikelihood, logLikelihood, absolute: 1e-8)
    let variance = correlation == 0 ? 2.5 : 8.0 / 3
    expectClose(fit.network.parameters, [0, 0, variance, correlation * variance, variance], absolute: 1e-4)
    #expect(fit.freeParameters == 3)
  }
}
