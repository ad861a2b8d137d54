internal import Latent

/// A number with a fixed count of decimals, as reports for people print it.
func fixed(_ value: Double, _ decimals: Int) -> String {
  Numerals.fixed(value, decimals: decimals)
}

/// A count with its noun: `1 row`, `3 rows`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A probability with a fixed count of decimals; 1 as such when exact, and three digits of what would otherwise show as
/// zeros, which leaves `0` to the exact 0.
func probability(_ value: Double, _ decimals: Int) -> String {
  if value == 1 { return "1" }
  let text = fixed(value, decimals)
  return text.contains { $0 != "0" && $0 != "." } ? text : Numerals.significant(value, digits: 3)
}

/// Names with commas; a long list is cut and its length given.
func listed(_ names: [String]) -> String {
  let longest = 8
  let head = names.prefix(longest).joined(separator: ", ")
  return names.count > longest ? "\(head), … \(names.count) in all" : head
}
