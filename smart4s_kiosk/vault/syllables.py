"""256 Mandarin syllables in pinyin without tones: one for each byte of a recovery sheet. Their order never changes."""

SYLLABLES = tuple(
    """
    ai an ao ba bai ban bang bao bei beng bi bian bin bing bo bu cai can cang cao ce cha chan chang chao che chen
    cheng chi chong chou chu chuan chuang chui chun ci cong cui cuo da dai dan dang dao deng di dian diao die ding
    dong dou du duan dun duo er fa fan fang fei fen feng fu gai gan gang gao ge geng gong gou gu gua guan gui guo
    hai han hao he heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiu ju
    juan jue jun kan kang ke ku kuang kui la lan lang lao lei li lian liang liao lin ling liu long lou lu luan lun
    luo ma mai man mang mao mei meng mi mian miao min ming mo mu na ni nian nie ning ou pa pai pan pao pei peng pi
    ping po pu qi qian qiang qiao qin qing qiu qu quan que ren rong ru sha shan shang shao she shen sheng shi shou
    shu si song su sui suo ta tai tan tang tao ti tian ting tong tu tui tuo wa wan wang wei wen wo wu xi xia xian
    xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yong you yu yuan yue yun zai
    zao zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhuan zhuang zhuo zi zong zu zuo
    """.split()
)
