/// Which unobserved cells of a row the E-step completes.
public enum CompletionPolicy: String, Hashable, Sendable, CaseIterable {
  /// Leaves out barren cells: hidden cells without an observed descendant. They add nothing to the likelihood, and
  /// without them EM takes fewer iterations to the same stationary points.
  case minimal
  /// Completes every unobserved cell, as in the textbook.
  case full
}
