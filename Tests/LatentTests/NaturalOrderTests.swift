import LatentKernels
import Testing

@testable import LatentFormats

@Suite struct NaturalOrderTests {
  static let orders = [
    ["-9", "1", "2.0", "10", "1e2"],
    ["<18", "18-34", "35-54", "55+", "100+"],
    ["under 18", "18 to 64", "65 and over"],
    ["0", "1-5", "6-10", "11+"],
    ["(-inf, 0.5]", "(0.5, 3.0]", "(3.0, 12.5]", "(12.5, inf]"],
    ["(0.999, 3.0]", "(3.0, 12.0]", "(12.0, 100.0]"],
    ["[-10, -2)", "[-2, 5)", "[5, 10]"],
    ["$0-$9", "$10-$99", ">$99"],
    ["18-34", "35+", "refused", "unknown"],
    ["Jan", "Feb", "Mar", "Sept", "Oct"],
    ["april", "May", "december"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["Monday", "tues", "Sun."],
    ["May", "mayor"],
    ["item2", "item10", "item10b", "other"],
    ["v1.9", "v1.10"],
    ["2019-10", "2020-01", "2020-02"],
    ["B", "a", "b"],
    ["no", "yes"],
  ]

  @Test(arguments: orders) func labelsStandAsPeopleExpect(labels: [String]) {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20 {
      let shuffled = labels.shuffled(using: &random)
      let order = StateOrder(shuffled)
      #expect(order.states == labels)
      #expect(shuffled.indices.map { order.states[Int(order.positions[$0])] } == shuffled)
    }
  }

  /// The order is one: of two different labels one comes before the other, whichever else there are.
  @Test(arguments: 0..<100) func theOrderIsTotal(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = ["a", "B", "1", "10", "01", "-", " ", ".", "+", "<", "(", "é"]
    let labels = Set(
      (0..<8).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
      })
    let sorted = StateOrder(Array(labels)).states
    for _ in 0..<5 { #expect(StateOrder(labels.shuffled(using: &random)).states == sorted) }
  }

  @Test(arguments: [
    (["1", "2", "3", "4", "5", "8", "9"], ["8", "9"]),
    (["1", "2", "3", "4", "5", "7", "8", "9"], ["7", "8", "9"]),
    (["1", "2", "3", "4", "5", "6", "7", "9"], ["9"]),
    (["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], []),
    (["1", "2", "3", "97", "98", "99"], ["97", "98", "99"]),
    (["1", "2", "77", "88", "99"], ["77", "88", "99"]),
    (["18", "60", "96", "97"], []),
    (["-9", "-8", "1", "2"], ["-9", "-8"]),
    (["-1", "1", "2"], ["-1"]),
    (["-1.0", "999.0", "1.0", "2.5"], ["-1", "999"]),
    (["yes", "no", "Refused", "."], ["Refused", "."]),
    (["1", "2", "3", "15", "n/a"], ["n/a"]),
    (["1", "2", "3", "15", "<1", "?"], ["<1"]),
    (["a", "b", "c"], []),
  ]) func codesAreSuspected(labels: [String], suspected: [String]) throws {
    let text = "x,y\n" + labels.map { "\($0),0\n" }.joined()
    let readings = try CSV.inferTable(
      from: InputWindow(Array(text.utf8), name: "t.csv"), options: CSVOptions()
    ).readings
    #expect(Set(readings[0].suspectedCodes) == Set(suspected))
  }
}
