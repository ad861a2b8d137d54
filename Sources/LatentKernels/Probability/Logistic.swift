/// 1 / (1 + e^(−x)), the probability that has these log-odds.
public func logistic(_ logOdds: Double) -> Double {
  // The exponential of a number that is not positive: nothing overflows, and small probabilities keep their digits.
  let small = exponential(-logOdds.magnitude)
  return logOdds < 0 ? small / (1 + small) : 1 / (1 + small)
}

/// log p − log (1 − p), the log-odds of a probability; infinite at 0 and 1.
public func logit(_ probability: Double) -> Double { naturalLog(probability) - naturalLog(1 - probability) }
