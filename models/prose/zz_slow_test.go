package prose
import ("testing";"math/rand";"strings";"time";"fmt")
func TestZZ(t *testing.T){
 toks := []string{"*","**","_","~~","[","]","(",")","](","][","![","](a)","](b '","](b (","](<","[a]","[a]: "," \"",">","> ","- ","1. ","\n","\n\n"," ","  ","    ","\t","a","b c","`","``","\\`","\\``","@ab","@","#","# ","=","---","|","|-|","\\","\\|","\\]","&amp;","http://a.b","www.a.","a@b.c","\"","'","<a","^",":","!","é","[x] ","[ ] "}
 r := rand.New(rand.NewSource(time.Now().UnixNano()))
 pat := func(k int) string { var b strings.Builder; for i:=0;i<1+r.Intn(k);i++ { b.WriteString(toks[r.Intn(len(toks))]) }; return b.String() }
 end := time.Now().Add(300*time.Second); n:=0; maxLen := 0; lim := 120*time.Millisecond
 for time.Now().Before(end) { n++
  parts := 1+r.Intn(4); var b strings.Builder; desc := ""; left := 31900
  for i:=0;i<parts;i++ { p := pat(4); if i > 0 && r.Intn(2)==0 { p += "\n" }; k := left; if i < parts-1 { k = r.Intn(left-20) }; left -= k+10; if left < 100 { left = 100 }; s := fill(p,k); desc += fmt.Sprintf("%q*%d ",p,k/len(p)); if b.Len()+len(s) > MaxPost { break }; b.WriteString(s) }
  s := b.String()
  t0 := time.Now(); c, err := Post(s); d := time.Since(t0)
  if err != nil { t.Fatal(desc, err) }
  if len(c.HTML) > maxLen { maxLen = len(c.HTML); fmt.Println("LEN", maxLen, desc) }
  if d > lim { t0 = time.Now(); Post(s); if d2 := time.Since(t0); d2 < d { d = d2 } ; if d > lim { fmt.Println(d, desc) } }
  if n % 4 == 0 { if f := flaws(c.HTML); len(f) > 0 { fmt.Printf("FLAW %s %.300q\n", desc, f) } }
 }
 fmt.Println(n)
}
