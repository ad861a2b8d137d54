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

  /// Whether a latent variable stands above all others.
  var hasLatentRoot: Bool {
    switch self {
    case .latentClass, .mixture, .hmm: true
    case .independent, .naiveBayes, .normal: false
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
