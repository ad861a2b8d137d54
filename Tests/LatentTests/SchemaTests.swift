import LatentData
import Testing

@Suite struct SchemaTests {
  @Test func namesAndStatesMustDiffer() throws {
    #expect(throws: SchemaError.duplicateState("a", variable: "x")) {
      try Variable(name: "x", states: ["a", "b", "a"])
    }
    let x = try Variable(name: "x", states: ["a"])
    #expect(throws: SchemaError.duplicateVariable("x")) { try Schema([x, x]) }
  }
}
