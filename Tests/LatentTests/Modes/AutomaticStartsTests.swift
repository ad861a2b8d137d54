import Latent
import LatentKernels
import LatentModels
import LatentTestSupport
import Testing

@testable import LatentLearning

/// Starts that go on until another one is unlikely to find something new.
@Suite struct AutomaticStartsTests {
  /// A mixture of so many classes, and numbers about so many places.
  private static func problem(classes: Int, places: Int) throws -> (model: Model, table: Table) {
    let model = try Model(variables: ["k": .latent(classes), "x": .real], edges: ["k -> x"])
    var random = SplitMix64(seed: 4)
    let values = (0..<120).map { Double($0 % places) * 10 + sampleStandardNormal(using: &random) }
    return (model, try Table(["x": .numbers(values)], for: model))
  }

  private static func fit(
    _ problem: (model: Model, table: Table), _ count: StartPolicy.Count, threads: Int = 1,
    first: StartPolicy.First = .parametersIfAny
  ) throws -> ModelFit {
    var options = FitOptions()
    options.threads = threads
    return try problem.model.fit(to: problem.table, starts: StartPolicy(first, count: count), options: options)
  }

  /// It is enough when two starts reached the best, and of the starts less than one in twenty is alone; no sooner, and no
  /// later. The same starts in one go are the same fit, to the last bit, for any number of threads.
  @Test(arguments: [(2, 2), (2, 3), (3, 5), (4, 7)], [StartPolicy.First.kMeans, .random])
  func startsGoOnUntilTheyAreEnough(size: (classes: Int, places: Int), first: StartPolicy.First) throws {
    let problem = try Self.problem(classes: size.classes, places: size.places)
    let fit = try Self.fit(problem, .automatic(most: 100), first: first)
    let chance = try #require(fit.chanceOfUnseenMode)
    let isEnough = fit.startsAtBest > 1 && chance < 0.05
    #expect(fit.starts.count == 100 || isEnough)
    #expect(fit.starts.count >= 20 && fit.starts.count % 10 == 0)
    #expect(isEnough || fit.findings.contains { if case .budgetEnded(100, _, chance) = $0 { true } else { false } })
    for count in stride(from: 20, to: fit.starts.count, by: 10) {
      #expect(!Array(fit.starts.prefix(count)).areEnough)
    }
    for threads in [1, 3] {
      let whole = try Self.fit(problem, .exactly(fit.starts.count), threads: threads, first: first)
      #expect(whole.starts == fit.starts && whole.network == fit.network && whole.modes == fit.modes)
      let again = try Self.fit(problem, .automatic(most: 100), threads: threads, first: first)
      #expect(again.starts == fit.starts && again.network == fit.network)
    }
  }

  @Test(arguments: [1, 7, 20, 25]) func theBudgetIsKept(most: Int) throws {
    let fit = try Self.fit(try Self.problem(classes: 6, places: 9), .automatic(most: most))
    #expect(fit.starts.count <= most)
    #expect(most >= 20 || fit.starts.count == most)
    let finding = fit.findings.first { if case .budgetEnded = $0 { true } else { false } }
    #expect((finding == nil) == fit.starts.areEnough)
  }

  /// The parameters of the model are the first of all starts, and are not drawn.
  @Test func theFileIsTheFirstStart() throws {
    let (model, table) = try Self.problem(classes: 2, places: 2)
    let known = try Model(
      variables: ["k": .latent(2), "x": .real], edges: ["k -> x"],
      parameters: ["k": [0.5, 0.5], "x": [0, 1, 10, 1]])
    let fit = try Self.fit((known, table), .automatic)
    #expect(fit.starts.map(\.origin) == [.file] + (1..<20).map { .kMeans(seed: $0) })
    #expect(throws: FitError.startCount(0)) { try Self.fit((model, table), .automatic(most: 0)) }
  }

  /// Where the data do not identify a model, every start ends elsewhere at the same height: that is enough.
  @Test func aRidgeIsOneHeight() throws {
    let model = try Model(variables: ["k": .latent(2), "a": ["n", "y"]], edges: ["k -> a"])
    let fit = try Self.fit((model, try Table(["a": ["n", "y", "y"]], for: model)), .automatic)
    #expect(fit.starts.count == 20 && fit.modes.count > 1 && fit.startsAtBest == 20 && fit.chanceOfUnseenMode == 0)
  }
}
