public import ArgumentParser
public import Latent

/// Edges and blocks that come with a model by its name.
enum Template: String, ExpressibleByArgument, CaseIterable {
  case independent
  case naiveBayes = "naive-bayes"
  case latentClass = "latent-class"
  case normal
  case mixture
  case hmm

  /// What help lists: not what is only there to be refused with a reason.
  static let allValueStrings = allCases.filter { $0 != .hmm }.map(\.rawValue)

  /// Whether a latent variable stands above all others.
  var hasLatentRoot: Bool {
    switch self {
    case .latentClass, .mixture: true
    case .independent, .naiveBayes, .normal, .hmm: false
    }
  }

  /// Which variables of a table the model takes in.
  var intake: ColumnIntake {
    switch self {
    case .independent, .naiveBayes, .latentClass, .hmm: .all
    case .normal, .mixture: .realNumbers
    }
  }
}

extension Covariance: ExpressibleByArgument {}
