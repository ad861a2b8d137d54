internal import LatentData
internal import LatentKernels
package import LatentModels

/// From where, and how often, a fit starts. A whole number stands for so many starts: `starts: 10`.
public struct StartPolicy: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Where the first start is; all others are random.
  public enum First: Hashable, Sendable {
    /// At the parameters of the model if it has any, otherwise at random. Variables without parameters are drawn.
    case parametersIfAny
    /// At the parameters of the model, exactly; every variable must have them.
    case parameters
    /// At random, whatever parameters the model has; only those of fixed variables stay.
    case random
  }

  /// How many starts there are.
  public enum Count: Hashable, Sendable {
    /// 1 where the first is at the parameters of the model; otherwise 10 with a latent variable and 1 without.
    case standard
    /// So many in all, at least 1.
    case exactly(Int)
  }

  /// Where the first start is.
  public var first: First
  /// How many starts there are.
  public var count: Count

  /// A policy; what is not given is as the tool has it.
  public init(_ first: First = .parametersIfAny, count: Count = .standard) {
    self.first = first
    self.count = count
  }

  /// So many starts, the first at the parameters of the model if it has any.
  public init(integerLiteral count: Int) { self.init(count: .exactly(count)) }

  /// As the tool: one start at the parameters of the model if it has any; otherwise 10 random starts with a latent
  /// variable, and 1 without.
  public static let standard = StartPolicy()

  /// One start at the parameters of the model, exactly.
  public static let parameters = StartPolicy(.parameters)

  /// So many random starts.
  public static func random(_ count: Int) -> StartPolicy { StartPolicy(.random, count: .exactly(count)) }

  /// The starts of a model, drawn one after another; random ones have the seeds `seed`, `seed + 1`, and so on.
  func starts(
    of model: Model, seed: UInt64, hasLatent: Bool, zeros: ZeroPolicy, frame: Frame
  ) throws(FitError) -> [Start<BayesianNetwork>] {
    let unparameterized = model.unparameterized
    func names(_ ids: [VariableID]) -> [String] { ids.map { model.schema[$0].name } }
    if first == .parameters, !unparameterized.isEmpty { throw .noParameters(names(unparameterized)) }
    let fixed = unparameterized.filter { model.fixed.contains($0) }
    guard fixed.isEmpty else { throw .fixedWithoutParameters(names(fixed)) }
    let hasParameters = model.parameters.contains { $0 != nil }
    let fromModel = first == .parameters || (first == .parametersIfAny && hasParameters)
    let count =
      switch count {
      case .standard: fromModel ? 1 : Self.randomCount(hasLatent: hasLatent)
      case .exactly(let count): count
      }
    guard count > 0 else { throw .startCount(count) }
    return (0..<count).map { number in
      let seed = seed &+ UInt64(fromModel ? max(0, number - 1) : number)
      var random = SplitMix64(seed: seed)
      if fromModel, number == 0 { return Start(origin: .file, model: model.start(frame: frame, using: &random)) }
      return Start(origin: .random(seed: seed), model: model.randomStart(zeros: zeros, frame: frame, using: &random))
    }
  }

  /// How many random starts there are where nobody says it.
  private static func randomCount(hasLatent: Bool) -> Int { hasLatent ? 10 : 1 }

  /// How many starts the standard policy makes of a model.
  package static func standardCount(for model: Model, hasLatent: Bool) -> Int {
    model.parameters.contains { $0 != nil } ? 1 : randomCount(hasLatent: hasLatent)
  }
}
