internal import LatentData
package import LatentModels

/// From where, and how often, a fit starts. A whole number stands for so many starts: `starts: 10`.
public struct StartPolicy: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Where the first start is; all others are drawn.
  public enum First: Hashable, Sendable {
    /// At the parameters of the model if it has any, variables without parameters being drawn. Other starts are from
    /// clusters of rows where there are numbers below a latent variable, and at random elsewhere.
    case parametersIfAny
    /// At the parameters of the model, exactly; every variable must have them.
    case parameters
    /// At random, as the others, whatever parameters the model has; only those of fixed variables stay.
    case random
    /// From clusters of rows, as the others, whatever parameters the model has; only those of fixed variables stay. There
    /// must be numbers below a latent variable.
    case kMeans
  }

  /// How many starts there are.
  public enum Count: Hashable, Sendable {
    /// 1 where the first is at the parameters of the model; otherwise 10 with a latent variable and 1 without.
    case standard
    /// So many in all, at least 1.
    case exactly(Int)
    /// As many as it takes, and `most` at most: until two have reached the best objective and the chance that another
    /// one finds a new mode, `ModelFit.chanceOfUnseenMode`, is below 5 %. That takes 20 starts at least.
    case automatic(most: Int)

    /// As many as it takes, at most 200.
    public static let automatic = automatic(most: 200)

    /// How many starts an automatic count begins with: fewer cannot tell a chance of 5 %.
    static let automaticBatch = 20
    /// By how many starts it grows.
    static let automaticStep = 10
    /// The chance of an unseen mode at which it ends.
    static let sufficientChance = 0.05
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

  /// As the tool: one start at the parameters of the model if it has any; otherwise 10 drawn starts with a latent
  /// variable, and 1 without.
  public static let standard = StartPolicy()

  /// One start at the parameters of the model, exactly.
  public static let parameters = StartPolicy(.parameters)

  /// So many random starts.
  public static func random(_ count: Int) -> StartPolicy { StartPolicy(.random, count: .exactly(count)) }

  /// So many starts from clusters of rows.
  public static func kMeans(_ count: Int) -> StartPolicy { StartPolicy(.kMeans, count: .exactly(count)) }

  /// How many starts a model begins with: at its parameters, 0 or 1, and drawn.
  func counts(of model: Model, hasLatent: Bool) throws(FitError) -> (fromModel: Int, drawn: Int) {
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
      case .automatic(let most): min(most, Count.automaticBatch)
      }
    guard count > 0 else { throw .startCount(count) }
    return fromModel ? (1, count - 1) : (0, count)
  }

  /// How many starts are to follow those that have ended.
  func further(after reports: [StartReport]) -> Int {
    guard case .automatic(let most) = count, !reports.areEnough else { return 0 }
    return min(Count.automaticStep, most - reports.count)
  }

  /// How many random starts there are where nobody says it.
  private static func randomCount(hasLatent: Bool) -> Int { hasLatent ? 10 : 1 }

  /// How many starts the standard policy makes of a model.
  package static func standardCount(for model: Model, hasLatent: Bool) -> Int {
    model.parameters.contains { $0 != nil } ? 1 : randomCount(hasLatent: hasLatent)
  }
}
