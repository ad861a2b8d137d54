/// What the messages of a circuit end in.
///
/// Between the sweep forward and the one backward, a tail turns the last messages into likelihoods, and gives the mass of
/// what ends in it to `belief`; everything else is the backward sweep.
protocol Tail {
  /// - Returns: Σ weight · log likelihood of what ends here; −∞ when some of it is impossible.
  func sweep(_ workspace: CircuitWorkspace) -> Double
}
