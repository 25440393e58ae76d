// Package leaks_test holds the whole program to one promise: what stands in a space that is closed
// to somebody reaches them by no way at all. It builds the program, runs it as a process, and asks
// it as people of every part would, over every surface that the program declares.
//
// Three oracles judge what comes back. Canaries: each gated field holds a word and each gated count
// a number that stand nowhere else, and both are looked for in every byte that an unentitled viewer
// can obtain; a surface whose row is not seen to show its canary to somebody entitled counts for
// nothing. The model: who gets which status where. Twin worlds: two clubs alike but for what is
// gated give an unentitled viewer the same transcript.
package leaks_test
