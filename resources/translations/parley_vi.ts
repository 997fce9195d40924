<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>parley::audit::Finding</name>
    <message>
        <source>LOST</source>
        <translation>BỊ MẤT</translation>
    </message>
    <message>
        <source>NOT PUSHED</source>
        <translation>KHÔNG ĐƯỢC ĐẨY</translation>
    </message>
    <message>
        <source>PUSHED TWICE</source>
        <translation>BỊ ĐẨY HAI LẦN</translation>
    </message>
    <message>
        <source>OUT OF ORDER</source>
        <translation>SAI THỨ TỰ</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>BỊ THAY ĐỔI</translation>
    </message>
    <message>
        <source>MISROUTED</source>
        <translation>SAI NGƯỜI NHẬN</translation>
    </message>
    <message>
        <source>SEQ GIVEN TWICE</source>
        <translation>SEQ BỊ CẤP HAI LẦN</translation>
    </message>
    <message>
        <source>STORED TWICE</source>
        <translation>BỊ LƯU HAI LẦN</translation>
    </message>
    <message>
        <source>MAILBOX WENT BACK</source>
        <translation>HỘP THƯ BỊ LÙI LẠI</translation>
    </message>
    <message>
        <source>CAME BACK</source>
        <translation>XUẤT HIỆN TRỞ LẠI</translation>
    </message>
    <message>
        <source>REMOVED TOO MUCH</source>
        <translation>BỊ XÓA QUÁ NHIỀU</translation>
    </message>
    <message>
        <source>REMOVED UNCONFIRMED</source>
        <translation>BỊ XÓA KHI KHÔNG YÊU CẦU</translation>
    </message>
    <message>
        <source>REFUSED BUT DELIVERED</source>
        <translation>BỊ TỪ CHỐI NHƯNG VẪN GIAO</translation>
    </message>
    <message>
        <source>BEFORE IT WAS STORED</source>
        <translation>TRƯỚC KHI ĐƯỢC LƯU</translation>
    </message>
    <message>
        <source>%1, user %2</source>
        <translation>%1, người dùng %2</translation>
    </message>
    <message>
        <source>%1 #%2 of user %3</source>
        <translation>%1 #%2 của người dùng %3</translation>
    </message>
</context>
<context>
    <name>parley::audit::Judge</name>
    <message>
        <source>#%1 of user %2</source>
        <translation>#%1 của người dùng %2</translation>
    </message>
    <message>
        <source>#%1 of user %2 (clientId %3)</source>
        <translation>#%1 của người dùng %2 (clientId %3)</translation>
    </message>
    <message>
        <source>%1: accepted, but never pushed to user %2&apos;s live connection</source>
        <translation>%1: đã được chấp nhận, nhưng chưa từng được đẩy đến kết nối đang hoạt động của người dùng %2</translation>
    </message>
    <message>
        <source>%1 has a different text than the one that was sent</source>
        <translation>%1 có nội dung khác với nội dung đã gửi</translation>
    </message>
    <message>
        <source>%1 has the seq of another message</source>
        <translation>%1 có seq của một tin nhắn khác</translation>
    </message>
    <message>
        <source>%1 was sent after the mailbox had given out #%2</source>
        <translation>%1 được gửi khi hộp thư đã cấp #%2 rồi</translation>
    </message>
    <message>
        <source>%1 was sent after the message that became #%2</source>
        <translation>%1 được gửi sau tin nhắn đã trở thành #%2</translation>
    </message>
    <message>
        <source>%1 was accepted before, as #%2 of user %3</source>
        <translation>%1 đã được chấp nhận trước đó, là #%2 của người dùng %3</translation>
    </message>
    <message>
        <source>%1 was accepted before, and is stored again</source>
        <translation>%1 đã được chấp nhận trước đó, và lại được lưu mới</translation>
    </message>
    <message>
        <source>A CONFIRM of user %1 removed %2 messages, but it could mean at most %3</source>
        <translation>Một CONFIRM của người dùng %1 đã xóa %2 tin nhắn, trong khi chỉ có thể nhắm đến nhiều nhất %3</translation>
    </message>
    <message>
        <source>%1: accepted, but its CONFIRM found nothing in the mailbox</source>
        <translation>%1: đã được chấp nhận, nhưng CONFIRM của nó không tìm thấy gì trong hộp thư</translation>
    </message>
    <message>
        <source>Of #%1 to #%2 of user %3, %4 were no longer in the mailbox when they were confirmed</source>
        <translation>Trong các tin từ #%1 đến #%2 của người dùng %3, %4 tin không còn trong hộp thư khi được xác nhận</translation>
    </message>
    <message>
        <source>%1 is reported as confirmed, but nobody confirmed it</source>
        <translation>%1 được báo là đã xác nhận, nhưng không ai xác nhận nó</translation>
    </message>
    <message>
        <source>%1: accepted, but TRACK does not know it</source>
        <translation>%1: đã được chấp nhận, nhưng TRACK không biết đến nó</translation>
    </message>
    <message>
        <source>%1 was confirmed, and is unread again</source>
        <translation>%1 đã được xác nhận, nhưng lại trở thành chưa đọc</translation>
    </message>
    <message>
        <source>%1 was delivered, and then refused with an ERROR</source>
        <translation>%1 đã được giao, rồi lại bị từ chối bằng ERROR</translation>
    </message>
    <message>
        <source>%1 was seen, but the mailbox says that it never gave out more than #%2</source>
        <translation>%1 đã được thấy, nhưng hộp thư báo rằng chưa từng cấp quá #%2</translation>
    </message>
    <message>
        <source>%1: accepted and not confirmed, but missing from the mailbox</source>
        <translation>%1: đã được chấp nhận và chưa được xác nhận, nhưng không có trong hộp thư</translation>
    </message>
    <message>
        <source>User %1&apos;s mailbox holds %2 messages, but at least %3 from #%4 on were accepted and not confirmed</source>
        <translation>Hộp thư của người dùng %1 chứa %2 tin nhắn, nhưng ít nhất %3 tin từ #%4 trở đi đã được chấp nhận và chưa được xác nhận</translation>
    </message>
    <message>
        <source>%1 was pushed to a connection that is behind</source>
        <translation>%1 được đẩy đến một kết nối đang tụt lại</translation>
    </message>
    <message>
        <source>%1 was pushed again, or after #%2</source>
        <translation>%1 bị đẩy lại, hoặc được đẩy sau #%2</translation>
    </message>
    <message>
        <source>%1 was left out: #%2 was pushed before it</source>
        <translation>%1 bị bỏ qua: #%2 được đẩy trước nó</translation>
    </message>
    <message>
        <source>%1 was pushed though it is older than what was fetched</source>
        <translation>%1 được đẩy dù cũ hơn những gì đã lấy về</translation>
    </message>
    <message>
        <source>%1: accepted, but neither fetched nor pushed before #%2</source>
        <translation>%1: đã được chấp nhận, nhưng không được lấy về cũng không được đẩy trước #%2</translation>
    </message>
    <message>
        <source>%1 comes after #%2 in one page</source>
        <translation>%1 đứng sau #%2 trong cùng một trang</translation>
    </message>
    <message>
        <source>%1 is in a page that should begin after #%2</source>
        <translation>%1 nằm trong trang gồm những gì đến sau #%2</translation>
    </message>
    <message>
        <source>%1 is another message than the one that had this seq before</source>
        <translation>%1 là một tin nhắn khác với tin nhắn có seq này trước đó</translation>
    </message>
    <message>
        <source>%1 was sent to another user</source>
        <translation>%1 được gửi cho người khác</translation>
    </message>
    <message>
        <source>%1 was refused with an ERROR, but was delivered</source>
        <translation>%1 đã bị từ chối bằng ERROR, nhưng vẫn được giao</translation>
    </message>
    <message>
        <source>User %1 fell behind with %2 unread messages, but at least %3 were accepted and not confirmed</source>
        <translation>Người dùng %1 tụt lại với %2 tin nhắn chưa đọc, nhưng ít nhất %3 tin đã được chấp nhận và chưa được xác nhận</translation>
    </message>
    <message>
        <source>%1 was delivered or answered before it was stored</source>
        <translation>%1 được giao hoặc được trả lời trước khi được lưu</translation>
    </message>
    <message>
        <source>%1 was removed, but nobody confirmed it</source>
        <translation>%1 đã bị xóa, nhưng không ai xác nhận nó</translation>
    </message>
</context>
<context>
    <name>parley::diagram::Diagram</name>
    <message>
        <source>Server</source>
        <translation>Máy chủ</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Cơ sở dữ liệu</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Người khác</translation>
    </message>
    <message>
        <source>Sequence diagram</source>
        <translation>Sơ đồ tuần tự</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Thời gian</translation>
    </message>
</context>
<context>
    <name>parley::frames</name>
    <message>
        <source>&quot;%1&quot; is missing or malformed</source>
        <translation>&quot;%1&quot; bị thiếu hoặc sai dạng</translation>
    </message>
    <message>
        <source>is not a JSON object</source>
        <translation>không phải là đối tượng JSON</translation>
    </message>
    <message>
        <source>
... %1 more bytes</source>
        <translation>
... còn %1 byte nữa</translation>
    </message>
</context>
<context>
    <name>parley::frames::FrameFile</name>
    <message>
        <source>Another file is being saved or loaded.</source>
        <translation>Một tệp khác đang được lưu hoặc tải.</translation>
    </message>
    <message>
        <source>Line %1 %2.</source>
        <translation>Dòng %1 %2.</translation>
    </message>
</context>
<context>
    <name>parley::frames::FrameLog</name>
    <message>
        <source>connected</source>
        <translation>đã kết nối</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>kết thúc %1</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>nhị phân</translation>
    </message>
    <message>
        <source>not a command</source>
        <translation>không phải lệnh</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>STT</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>Pane</source>
        <translation>Ngăn</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>Seq or clientId</source>
        <translation>Seq hoặc clientId</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Khứ hồi</translation>
    </message>
</context>
<context>
    <name>parley::frames::JsonlReader</name>
    <message>
        <source>is longer than %1 bytes</source>
        <translation>dài hơn %1 byte</translation>
    </message>
</context>
<context>
    <name>parley::load::Run</name>
    <message>
        <source>There is no server to connect to: enter its address first.</source>
        <translation>Không có máy chủ để kết nối: hãy nhập địa chỉ trước.</translation>
    </message>
    <message numerus="yes">
        <source>Two users can make at most %n pairs: a server admits no more connections of one user.</source>
        <translation>
            <numerusform>Hai người dùng chỉ có thể tạo tối đa %n cặp: máy chủ không nhận thêm kết nối của cùng một người dùng.</numerusform>
        </translation>
    </message>
    <message>
        <source>The number of pairs must be 1 to %1.</source>
        <translation>Số cặp phải từ 1 đến %1.</translation>
    </message>
    <message>
        <source>The window must be 1 to %1.</source>
        <translation>Cửa sổ phải từ 1 đến %1.</translation>
    </message>
    <message>
        <source>The body must be 0 to %1 bytes.</source>
        <translation>Nội dung phải từ 0 đến %1 byte.</translation>
    </message>
    <message>
        <source>Time sessions need the server&apos;s secret key: enter it, or log in as two users instead.</source>
        <translation>Phiên theo thời gian cần khóa bí mật của máy chủ: hãy nhập khóa, hoặc đăng nhập bằng hai người dùng.</translation>
    </message>
    <message>
        <source>The first user id must be 1 or more.</source>
        <translation>Id người dùng đầu tiên phải từ 1 trở lên.</translation>
    </message>
    <message>
        <source>No pair could connect: %1</source>
        <translation>Không cặp nào kết nối được: %1</translation>
    </message>
</context>
<context>
    <name>parley::play</name>
    <message>
        <source>A frame of more than %1 bytes is not sent from here.</source>
        <translation>Khung lớn hơn %1 byte không được gửi từ đây.</translation>
    </message>
    <message>
        <source>Write bytes as pairs of the digits 0-9 and a-f.</source>
        <translation>Byte là các cặp chữ số 0-9 và a-f.</translation>
    </message>
    <message>
        <source>Closed with 1009: over %1 bytes</source>
        <translation>Đóng với 1009: quá %1 byte</translation>
    </message>
    <message>
        <source>ERROR unsupported</source>
        <translation>ERROR unsupported</translation>
    </message>
    <message>
        <source>ERROR %1</source>
        <translation>ERROR %1</translation>
    </message>
    <message>
        <source>No answer: a CONFIRM without a ref gets none</source>
        <translation>Không có trả lời: CONFIRM không có ref thì không được trả lời</translation>
    </message>
    <message>
        <source>CONFIRMED</source>
        <translation>CONFIRMED</translation>
    </message>
    <message>
        <source>SENT, unless the receiver is unknown or their mailbox is full</source>
        <translation>SENT, trừ khi người nhận không tồn tại hoặc hộp thư của họ đã đầy</translation>
    </message>
    <message>
        <source>MESSAGES</source>
        <translation>MESSAGES</translation>
    </message>
    <message>
        <source>STATUS, now and at each change</source>
        <translation>STATUS, ngay bây giờ và mỗi khi thay đổi</translation>
    </message>
    <message>
        <source>Closed with 1007: not UTF-8</source>
        <translation>Đóng với 1007: không phải UTF-8</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Lệnh</translation>
    </message>
    <message>
        <source>Malformed</source>
        <translation>Sai định dạng</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Lớn</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>Nhị phân</translation>
    </message>
    <message>
        <source>Drop CONFIRMs</source>
        <translation>Bỏ CONFIRM</translation>
    </message>
    <message>
        <source>Gets a message and never confirms it.</source>
        <translation>Nhận một tin nhắn và không bao giờ xác nhận.</translation>
    </message>
    <message>
        <source>Keeps the message unread, and returns it again for FETCH.</source>
        <translation>Giữ tin nhắn ở trạng thái chưa đọc, và gửi lại khi có FETCH.</translation>
    </message>
    <message>
        <source>Delay CONFIRMs</source>
        <translation>Hoãn CONFIRM</translation>
    </message>
    <message>
        <source>Confirms a message only after a while.</source>
        <translation>Chỉ xác nhận tin nhắn sau một lúc.</translation>
    </message>
    <message>
        <source>Keeps the message unread until the CONFIRM, and then removes it.</source>
        <translation>Giữ tin nhắn ở trạng thái chưa đọc cho đến khi có CONFIRM, rồi mới xóa.</translation>
    </message>
    <message>
        <source>Double CONFIRMs</source>
        <translation>Lặp đôi CONFIRM</translation>
    </message>
    <message>
        <source>Confirms a message twice.</source>
        <translation>Xác nhận một tin nhắn hai lần.</translation>
    </message>
    <message>
        <source>Answers the second CONFIRM with CONFIRMED, too, and removes nothing for it.</source>
        <translation>Cũng trả lời CONFIRM thứ hai bằng CONFIRMED, và không xóa gì vì nó.</translation>
    </message>
    <message>
        <source>Send the same clientId again</source>
        <translation>Gửi lại cùng clientId</translation>
    </message>
    <message>
        <source>Sends one message twice.</source>
        <translation>Gửi một tin nhắn hai lần.</translation>
    </message>
    <message>
        <source>Stores it once: the second SENT has the same seq and &quot;duplicate&quot;:true.</source>
        <translation>Chỉ lưu một lần: SENT thứ hai có cùng seq và &quot;duplicate&quot;:true.</translation>
    </message>
    <message>
        <source>Send a malformed frame</source>
        <translation>Gửi khung sai định dạng</translation>
    </message>
    <message>
        <source>Sends half a JSON object.</source>
        <translation>Gửi nửa đối tượng JSON.</translation>
    </message>
    <message>
        <source>Answers ERROR bad_json. The connection stays open.</source>
        <translation>Trả lời ERROR bad_json. Kết nối vẫn mở.</translation>
    </message>
    <message>
        <source>Send an oversized frame</source>
        <translation>Gửi khung quá cỡ</translation>
    </message>
    <message>
        <source>Sends one byte more than a frame may have.</source>
        <translation>Gửi nhiều hơn một byte so với mức cho phép của khung.</translation>
    </message>
    <message>
        <source>Closes with 1009.</source>
        <translation>Đóng với 1009.</translation>
    </message>
    <message>
        <source>Send a binary frame</source>
        <translation>Gửi khung nhị phân</translation>
    </message>
    <message>
        <source>Sends a few bytes as a binary frame.</source>
        <translation>Gửi vài byte dưới dạng khung nhị phân.</translation>
    </message>
    <message>
        <source>Answers ERROR unsupported. The connection stays open.</source>
        <translation>Trả lời ERROR unsupported. Kết nối vẫn mở.</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>Gửi dồn dập</translation>
    </message>
    <message>
        <source>Sends more commands than the server allows at once.</source>
        <translation>Gửi nhiều lệnh cùng lúc hơn mức máy chủ cho phép.</translation>
    </message>
    <message>
        <source>Answers ERROR rate_limited with retryAfter, and serves the client again after it.</source>
        <translation>Trả lời ERROR rate_limited kèm retryAfter, và phục vụ trở lại sau thời gian đó.</translation>
    </message>
    <message>
        <source>Stop heartbeats</source>
        <translation>Dừng nhịp tim</translation>
    </message>
    <message>
        <source>Sends nothing until the server closes the connection.</source>
        <translation>Im lặng cho đến khi máy chủ không chờ nữa.</translation>
    </message>
    <message>
        <source>Closes with 4508 when no frame came within its timeout.</source>
        <translation>Đóng với 4508 khi không nhận được gì trong thời gian chờ.</translation>
    </message>
    <message>
        <source>Abort the socket</source>
        <translation>Cắt ngang socket</translation>
    </message>
    <message>
        <source>Ends the connection without a Close frame.</source>
        <translation>Kết thúc kết nối mà không chào tạm biệt.</translation>
    </message>
    <message>
        <source>Notes at once that the user is offline, accepts the new connection, and reports them as online.</source>
        <translation>Ghi nhận ngay việc người dùng rời đi, nhận lại người dùng và báo là đang trực tuyến.</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Dừng đọc</translation>
    </message>
    <message>
        <source>Asks for more than it reads.</source>
        <translation>Yêu cầu nhiều hơn mức mình đọc.</translation>
    </message>
    <message>
        <source>Ends the connection, with 4513 or without a code. Others notice nothing.</source>
        <translation>Kết thúc kết nối của người dùng đó, với 4513 hoặc không kèm mã. Người khác không nhận thấy gì.</translation>
    </message>
    <message>
        <source>Wrong session</source>
        <translation>Phiên sai</translation>
    </message>
    <message>
        <source>Connects with an invented session.</source>
        <translation>Kết nối bằng một phiên không do ai tạo.</translation>
    </message>
    <message>
        <source>Refuses with HTTP 401.</source>
        <translation>Từ chối với HTTP 401.</translation>
    </message>
    <message>
        <source>Expired session</source>
        <translation>Phiên hết hạn</translation>
    </message>
    <message>
        <source>Connects with a session that was valid before.</source>
        <translation>Kết nối bằng một phiên từng hợp lệ.</translation>
    </message>
    <message>
        <source>Another user&apos;s session</source>
        <translation>Phiên của người dùng khác</translation>
    </message>
    <message>
        <source>Connects as another user with its own session.</source>
        <translation>Kết nối với tư cách người khác bằng phiên của chính mình.</translation>
    </message>
    <message>
        <source>Half an object</source>
        <translation>Nửa đối tượng</translation>
    </message>
    <message>
        <source>An array</source>
        <translation>Một mảng</translation>
    </message>
    <message>
        <source>Not JSON</source>
        <translation>Không phải JSON</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Rỗng</translation>
    </message>
    <message>
        <source>Unknown command</source>
        <translation>Lệnh không xác định</translation>
    </message>
    <message>
        <source>A command in lower case</source>
        <translation>Lệnh viết chữ thường</translation>
    </message>
    <message>
        <source>A field is missing</source>
        <translation>Thiếu một trường</translation>
    </message>
    <message>
        <source>A field of the wrong type</source>
        <translation>Trường khác kiểu</translation>
    </message>
    <message>
        <source>A number out of range</source>
        <translation>Số ngoài phạm vi</translation>
    </message>
    <message>
        <source>A zero character in the body</source>
        <translation>Ký tự không (NUL) trong nội dung</translation>
    </message>
    <message>
        <source>Nobody&apos;s userId</source>
        <translation>userId không thuộc về ai</translation>
    </message>
    <message>
        <source>Deep nesting</source>
        <translation>Lồng sâu</translation>
    </message>
    <message>
        <source>The largest body</source>
        <translation>Nội dung lớn nhất</translation>
    </message>
    <message>
        <source>A body that is one byte too large</source>
        <translation>Nội dung thừa một byte</translation>
    </message>
    <message>
        <source>A frame that is too large</source>
        <translation>Khung quá lớn</translation>
    </message>
    <message>
        <source>A few bytes</source>
        <translation>Vài byte</translation>
    </message>
    <message>
        <source>JSON as bytes</source>
        <translation>JSON dưới dạng byte</translation>
    </message>
</context>
<context>
    <name>parley::play::AbortCheck</name>
    <message>
        <source>Asks when the user was last seen</source>
        <translation>Hỏi lần cuối mình được thấy là khi nào</translation>
    </message>
    <message>
        <source>STATUS was not answered in time.</source>
        <translation>STATUS không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>Is connected again, and asks when the user was last seen</source>
        <translation>Đã trở lại, và hỏi lần cuối mình được thấy là khi nào</translation>
    </message>
    <message>
        <source>The user is online again, but the server does not report that they were offline.</source>
        <translation>Người dùng đã trở lại, nhưng máy chủ không báo là đã từng rời đi.</translation>
    </message>
    <message>
        <source>STATUS is malformed.</source>
        <translation>STATUS sai dạng.</translation>
    </message>
    <message>
        <source>Is cut off, and connects again</source>
        <translation>Đã rời đi, và trở lại</translation>
    </message>
    <message>
        <source>The client did not connect again in time.</source>
        <translation>Người dùng không trở lại kịp thời.</translation>
    </message>
    <message>
        <source>Is connected again. Another pane kept the user online.</source>
        <translation>Đã trở lại. Một ngăn khác giữ người dùng trực tuyến.</translation>
    </message>
    <message>
        <source>Is connected again; the server noted that the user was offline.</source>
        <translation>Đã trở lại và trực tuyến; máy chủ đã ghi nhận việc rời đi.</translation>
    </message>
</context>
<context>
    <name>parley::play::Account</name>
    <message>
        <source>The server&apos;s address is needed, such as ws://127.0.0.1:2345.</source>
        <translation>Cần địa chỉ máy chủ, chẳng hạn ws://127.0.0.1:2345.</translation>
    </message>
    <message>
        <source>A user name is needed.</source>
        <translation>Cần tên người dùng.</translation>
    </message>
    <message>
        <source>A userId of 1 or more is needed.</source>
        <translation>Cần userId từ 1 trở lên.</translation>
    </message>
    <message>
        <source>The server&apos;s secret key is needed to mint a session.</source>
        <translation>Cần khóa bí mật của máy chủ để tạo phiên.</translation>
    </message>
</context>
<context>
    <name>parley::play::ConfirmCheck</name>
    <message>
        <source>Writes to itself</source>
        <translation>Gửi tin cho chính mình</translation>
    </message>
    <message>
        <source>The message was not stored and delivered in time.</source>
        <translation>Tin nhắn không được lưu và giao kịp thời.</translation>
    </message>
    <message>
        <source>To be confirmed badly</source>
        <translation>Sẽ bị xác nhận sai cách</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation>Có quá nhiều tin nhắn đang chờ gửi.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối đã kết thúc với %1.</translation>
    </message>
    <message>
        <source>The message was refused: %1.</source>
        <translation>Tin nhắn bị từ chối: %1.</translation>
    </message>
    <message>
        <source>Another pane of this user may confirm it. Disconnect that one first.</source>
        <translation>Một ngăn khác của người dùng này có thể xác nhận nó. Hãy ngắt kết nối ngăn đó trước.</translation>
    </message>
</context>
<context>
    <name>parley::play::DelayCheck</name>
    <message>
        <source>Received the message, and delays the CONFIRM</source>
        <translation>Đã nhận tin nhắn, và để CONFIRM chờ</translation>
    </message>
    <message>
        <source>CONFIRM or TRACK was not answered in time.</source>
        <translation>CONFIRM hoặc TRACK không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>Before its CONFIRM the message was not unread.</source>
        <translation>Trước CONFIRM, tin nhắn không ở trạng thái chưa đọc.</translation>
    </message>
    <message>
        <source>Message #%1 was unread until its CONFIRM.</source>
        <translation>Tin nhắn #%1 ở trạng thái chưa đọc cho đến CONFIRM.</translation>
    </message>
    <message>
        <source>After its CONFIRM the message is not confirmed.</source>
        <translation>Sau CONFIRM, tin nhắn vẫn chưa được xác nhận.</translation>
    </message>
</context>
<context>
    <name>parley::play::DoubleCheck</name>
    <message>
        <source>Received the message, and confirms it twice</source>
        <translation>Đã nhận tin nhắn, và xác nhận hai lần</translation>
    </message>
    <message>
        <source>Two CONFIRMED did not come in time.</source>
        <translation>Không có đủ hai CONFIRMED kịp thời.</translation>
    </message>
    <message>
        <source>CONFIRMED is malformed.</source>
        <translation>CONFIRMED sai dạng.</translation>
    </message>
    <message>
        <source>The first CONFIRM removed nothing.</source>
        <translation>CONFIRM thứ nhất không xóa gì.</translation>
    </message>
    <message>
        <source>The second CONFIRM removed nothing.</source>
        <translation>CONFIRM thứ hai không xóa gì.</translation>
    </message>
    <message>
        <source>The second CONFIRM removed %1 again.</source>
        <translation>CONFIRM thứ hai lại xóa %1.</translation>
    </message>
</context>
<context>
    <name>parley::play::DropCheck</name>
    <message>
        <source>Received the message, does not confirm it, and fetches</source>
        <translation>Đã nhận tin nhắn, không xác nhận, và lấy về</translation>
    </message>
    <message>
        <source>FETCH was not answered in time.</source>
        <translation>FETCH không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>Message #%1 stayed unread and came again.</source>
        <translation>Tin nhắn #%1 vẫn chưa đọc và đã đến lại.</translation>
    </message>
    <message>
        <source>Message #%1 was not confirmed, but is gone.</source>
        <translation>Tin nhắn #%1 chưa được xác nhận, nhưng đã biến mất.</translation>
    </message>
    <message>
        <source>FETCH was refused: %1.</source>
        <translation>FETCH bị từ chối: %1.</translation>
    </message>
</context>
<context>
    <name>parley::play::DuplicateCheck</name>
    <message>
        <source>Writes to itself</source>
        <translation>Gửi tin cho chính mình</translation>
    </message>
    <message>
        <source>SEND was not answered in time.</source>
        <translation>SEND không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>Once and for all</source>
        <translation>Chỉ một lần duy nhất</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation>Có quá nhiều tin nhắn đang chờ gửi.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối đã kết thúc với %1.</translation>
    </message>
    <message>
        <source>The message was refused: %1.</source>
        <translation>Tin nhắn bị từ chối: %1.</translation>
    </message>
    <message>
        <source>The second SEND was refused: %1.</source>
        <translation>SEND thứ hai bị từ chối: %1.</translation>
    </message>
    <message>
        <source>The first SENT says that it is a duplicate.</source>
        <translation>SENT thứ nhất không phải của lần gửi đầu.</translation>
    </message>
    <message>
        <source>Sends it again</source>
        <translation>Gửi lại</translation>
    </message>
    <message>
        <source>The second SEND was not answered in time.</source>
        <translation>SEND thứ hai không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>The server says that #%1 is a duplicate.</source>
        <translation>Đã được báo rằng #%1 là bản trùng.</translation>
    </message>
    <message>
        <source>It was stored twice, as #%1 and #%2.</source>
        <translation>Tin nhắn bị lưu hai lần, là #%1 và #%2.</translation>
    </message>
    <message>
        <source>The second SENT does not say that it is a duplicate.</source>
        <translation>SENT thứ hai không cho biết đó là bản trùng.</translation>
    </message>
</context>
<context>
    <name>parley::play::FaultCheck</name>
    <message>
        <source>%1 is not connected.</source>
        <translation>%1 chưa kết nối.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source> Then %1: too many bad frames within a minute.</source>
        <translation> Sau đó là %1: quá nhiều khung hỏng trong một phút.</translation>
    </message>
    <message>
        <source>%1 But then the connection ended with %2.</source>
        <translation>%1 Nhưng sau đó kết nối đã kết thúc với %2.</translation>
    </message>
    <message>
        <source> The connection stays open.</source>
        <translation> Kết nối vẫn mở.</translation>
    </message>
    <message>
        <source>Asks whether the connection is still there</source>
        <translation>Hỏi xem kết nối còn hay không</translation>
    </message>
    <message>
        <source>%1 But then the connection did not answer any more.</source>
        <translation>%1 Nhưng sau đó kết nối không trả lời nữa.</translation>
    </message>
</context>
<context>
    <name>parley::play::FloodCheck</name>
    <message>
        <source>The server&apos;s rate limit is too high to test, or there is none.</source>
        <translation>Giới hạn tốc độ của máy chủ quá cao, hoặc không có.</translation>
    </message>
    <message>
        <source>The server answered ERROR rate_limited with retryAfter.</source>
        <translation>Đã được trả lời ERROR rate_limited kèm retryAfter.</translation>
    </message>
    <message>
        <source>Sends %1 commands</source>
        <translation>Gửi %1 lệnh</translation>
    </message>
    <message>
        <source>The server accepted %1 commands at once.</source>
        <translation>%1 lệnh cùng lúc vẫn chưa quá nhiều.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối đã kết thúc với %1.</translation>
    </message>
    <message>
        <source>ERROR rate_limited does not say retryAfter.</source>
        <translation>ERROR rate_limited không cho biết retryAfter.</translation>
    </message>
    <message>
        <source>Was asked to wait</source>
        <translation>Đã được yêu cầu chờ</translation>
    </message>
    <message>
        <source>The refusals did not end.</source>
        <translation>Việc từ chối không chấm dứt.</translation>
    </message>
</context>
<context>
    <name>parley::play::OversizedCheck</name>
    <message>
        <source>The server allows frames of %1 bytes.</source>
        <translation>Máy chủ cho phép khung %1 byte.</translation>
    </message>
    <message>
        <source>Sends %1 bytes</source>
        <translation>Gửi %1 byte</translation>
    </message>
    <message>
        <source>The connection did not end in time.</source>
        <translation>Kết nối không kết thúc kịp thời.</translation>
    </message>
    <message>
        <source>The server closed with 1009.</source>
        <translation>Đã bị đóng với 1009.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối đã kết thúc với %1.</translation>
    </message>
</context>
<context>
    <name>parley::play::Player</name>
    <message>
        <source>The account was changed before it was stored.</source>
        <translation>Tài khoản đã bị thay đổi trước khi được lưu.</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent.</source>
        <translation>Có quá nhiều tin nhắn đang chờ gửi.</translation>
    </message>
</context>
<context>
    <name>parley::play::RefusedFrameCheck</name>
    <message>
        <source>Waits for the ERROR</source>
        <translation>Chờ ERROR</translation>
    </message>
    <message>
        <source>No ERROR came in time.</source>
        <translation>Không có ERROR kịp thời.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối đã kết thúc với %1.</translation>
    </message>
    <message>
        <source>The server answered ERROR %1.</source>
        <translation>Đã được trả lời ERROR %1.</translation>
    </message>
</context>
<context>
    <name>parley::play::SessionCheck</name>
    <message>
        <source>Tries to connect</source>
        <translation>Thử kết nối</translation>
    </message>
    <message>
        <source>The attempt was not answered in time.</source>
        <translation>Lần thử không được trả lời kịp thời.</translation>
    </message>
    <message>
        <source>To get a session that was valid before, log in with a password or with the secret key.</source>
        <translation>Để có một phiên từng hợp lệ, hãy đăng nhập bằng mật khẩu hoặc khóa bí mật.</translation>
    </message>
    <message>
        <source>The login failed: %1.</source>
        <translation>Đăng nhập thất bại: %1.</translation>
    </message>
    <message>
        <source>The session could not be ended.</source>
        <translation>Không thể kết thúc phiên.</translation>
    </message>
    <message>
        <source>The server accepted user %1.</source>
        <translation>Người dùng %1 đã được cho vào.</translation>
    </message>
    <message>
        <source>The server cannot be reached: %1</source>
        <translation>Không thể liên lạc với máy chủ: %1</translation>
    </message>
    <message>
        <source>User %1 was refused with HTTP %2.</source>
        <translation>Người dùng %1 bị từ chối với HTTP %2.</translation>
    </message>
</context>
<context>
    <name>parley::play::SilenceCheck</name>
    <message>
        <source>The server waits for %1 s.</source>
        <translation>Máy chủ chờ trong %1 s.</translation>
    </message>
    <message>
        <source>Is silent for %1 s</source>
        <translation>Im lặng trong %1 s</translation>
    </message>
    <message>
        <source>The server did not close after %1 s of silence.</source>
        <translation>Máy chủ không phản ứng với %1 s im lặng.</translation>
    </message>
    <message>
        <source>%1 was not silent.</source>
        <translation>%1 đã không im lặng.</translation>
    </message>
    <message>
        <source>The server closed with %1 after %2 s of silence.</source>
        <translation>Bị đóng với %1 sau %2 s im lặng.</translation>
    </message>
</context>
<context>
    <name>parley::play::SlowReaderCheck</name>
    <message>
        <source>Sends itself many messages</source>
        <translation>Tự gửi cho mình một loạt tin nhắn</translation>
    </message>
    <message>
        <source>The messages were not stored in time.</source>
        <translation>Các tin nhắn không được lưu kịp thời.</translation>
    </message>
    <message>
        <source>The connection ended with %1.</source>
        <translation>Kết nối kết thúc với %1.</translation>
    </message>
    <message>
        <source>A message was refused: %1.</source>
        <translation>Một tin nhắn bị từ chối: %1.</translation>
    </message>
    <message>
        <source>Asks for %1 MiB and reads nothing</source>
        <translation>Yêu cầu %1 MiB và không đọc gì</translation>
    </message>
    <message>
        <source>The server did not end the connection, although nothing was read.</source>
        <translation>Máy chủ không kết thúc kết nối của bên không đọc.</translation>
    </message>
    <message>
        <source>The connection ended without a code.</source>
        <translation>Kết nối kết thúc không kèm mã.</translation>
    </message>
    <message>
        <source> (No other pane was online to notice.)</source>
        <translation> (Không có ai khác ở đó để nhận thấy.)</translation>
    </message>
    <message>
        <source> %1 noticed nothing.</source>
        <translation> %1 không nhận thấy gì.</translation>
    </message>
    <message>
        <source> But %1 was not answered meanwhile.</source>
        <translation> Nhưng %1 không được trả lời trong lúc đó.</translation>
    </message>
</context>
<context>
    <name>parley::workbench::Batch</name>
    <message>
        <source>The first %1 and the last %1 of %2 steps.</source>
        <translation>%1 bước đầu và %1 bước cuối trong số %2 bước.</translation>
    </message>
</context>
<context>
    <name>parley::scenario::Describe</name>
    <message>
        <source>connect %1</source>
        <translation>kết nối %1</translation>
    </message>
    <message>
        <source>%1 is refused with %2</source>
        <translation>%1 bị từ chối với %2</translation>
    </message>
    <message>
        <source>disconnect %1</source>
        <translation>ngắt kết nối %1</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 byte</translation>
    </message>
    <message>
        <source>%1 times </source>
        <translation>%1 lần </translation>
    </message>
    <message>
        <source>%1 sends %2%3 to %4</source>
        <translation>%1 gửi %2%3 đến %4</translation>
    </message>
    <message>
        <source>%1 sends the frame: %2%3</source>
        <translation>%1 đưa lên đường truyền: %2%3</translation>
    </message>
    <message>
        <source>%1 sends %2 binary bytes</source>
        <translation>%1 đưa %2 byte nhị phân lên đường truyền</translation>
    </message>
    <message>
        <source>%1 receives %2%3%4</source>
        <translation>%1 %2nhận %3%4</translation>
    </message>
    <message>
        <source>no </source>
        <translation>không </translation>
    </message>
    <message>
        <source>%1 fetches what it missed</source>
        <translation>%1 lấy về những gì đã bỏ lỡ</translation>
    </message>
    <message>
        <source>%1 fetches a page</source>
        <translation>%1 lấy về một trang</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tất cả</translation>
    </message>
    <message>
        <source>up to </source>
        <translation>đến </translation>
    </message>
    <message>
        <source>%1 confirms %2</source>
        <translation>%1 xác nhận %2</translation>
    </message>
    <message>
        <source>%1 watches %2</source>
        <translation>%1 theo dõi %2</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>không ai cả</translation>
    </message>
    <message>
        <source>%1 finds %2 %3</source>
        <translation>%1 thấy %2 %3</translation>
    </message>
    <message>
        <source>online</source>
        <translation>trực tuyến</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>ngoại tuyến</translation>
    </message>
    <message>
        <source> on</source>
        <translation> bật</translation>
    </message>
    <message>
        <source> off</source>
        <translation> tắt</translation>
    </message>
    <message>
        <source>automatic confirms</source>
        <translation>xác nhận tự động</translation>
    </message>
    <message>
        <source>heartbeats</source>
        <translation>nhịp tim</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>đọc</translation>
    </message>
    <message>
        <source>as they should be</source>
        <translation>như bình thường</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>bị bỏ</translation>
    </message>
    <message>
        <source>delayed</source>
        <translation>bị hoãn</translation>
    </message>
    <message>
        <source>doubled</source>
        <translation>bị lặp đôi</translation>
    </message>
    <message>
        <source>confirms </source>
        <translation>xác nhận </translation>
    </message>
    <message>
        <source>%1 from now on: %2</source>
        <translation>%1 từ giờ trở đi: %2</translation>
    </message>
    <message>
        <source>%1&apos;s connection is cut off</source>
        <translation>kết nối của %1 bị cắt đứt</translation>
    </message>
    <message>
        <source>%1 sends its newest message once more</source>
        <translation>%1 gửi lại tin nhắn mới nhất của mình một lần nữa</translation>
    </message>
    <message>
        <source>%1 floods the server with %2 frames</source>
        <translation>%1 gửi dồn dập %2 khung đến máy chủ</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>của chính mình</translation>
    </message>
    <message>
        <source>a wrong</source>
        <translation>sai</translation>
    </message>
    <message>
        <source>an expired</source>
        <translation>đã hết hạn</translation>
    </message>
    <message>
        <source>%1&apos;s</source>
        <translation>của %1</translation>
    </message>
    <message>
        <source>a given</source>
        <translation>cho trước</translation>
    </message>
    <message>
        <source>%1 uses %2 session</source>
        <translation>%1 dùng phiên %2</translation>
    </message>
    <message>
        <source>%1&apos;s connection is closed with %2</source>
        <translation>kết nối của %1 bị đóng với %2</translation>
    </message>
    <message>
        <source>until %1 is online</source>
        <translation>cho đến khi %1 trực tuyến</translation>
    </message>
    <message>
        <source>until %1 is offline</source>
        <translation>cho đến khi %1 ngoại tuyến</translation>
    </message>
    <message>
        <source>until all that %1 sent is stored</source>
        <translation>cho đến khi mọi thứ %1 đã gửi được lưu</translation>
    </message>
    <message>
        <source>until %1 has %2 unread</source>
        <translation>cho đến khi %1 có %2 tin chưa đọc</translation>
    </message>
    <message>
        <source>until %1 has received %2</source>
        <translation>cho đến khi %1 đã nhận %2</translation>
    </message>
    <message>
        <source>%1 ms pass</source>
        <translation>chờ %1 ms</translation>
    </message>
    <message>
        <source>the server is killed</source>
        <translation>máy chủ bị buộc dừng</translation>
    </message>
    <message>
        <source>the server is stopped</source>
        <translation>máy chủ được dừng</translation>
    </message>
    <message>
        <source>the server starts</source>
        <translation>máy chủ khởi động</translation>
    </message>
    <message>
        <source>the server is killed and starts again</source>
        <translation>máy chủ bị buộc dừng rồi khởi động lại</translation>
    </message>
    <message>
        <source>all mailboxes are read: nothing is lost</source>
        <translation>đọc mọi hộp thư: không mất gì</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 tin nhắn</translation>
    </message>
    <message>
        <source>all that was accepted</source>
        <translation>tất cả những gì đã được chấp nhận</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>đúng thứ tự</translation>
    </message>
    <message>
        <source>%1 has received %2</source>
        <translation>%1 đã nhận %2</translation>
    </message>
    <message>
        <source>%1 %2 is answered with %3</source>
        <translation>%1 %2 được trả lời bằng %3</translation>
    </message>
</context>
<context>
    <name>parley::scenario::StepRunner</name>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>%1 was refused%2</source>
        <translation>%1 bị từ chối%2</translation>
    </message>
    <message>
        <source>not online: %1</source>
        <translation>không trực tuyến: %1</translation>
    </message>
    <message>
        <source>%1 is online already</source>
        <translation>%1 đã trực tuyến rồi</translation>
    </message>
    <message>
        <source>%1 should have been refused with %2 and was let in</source>
        <translation>%1 lẽ ra phải bị từ chối với %2 nhưng lại được cho vào</translation>
    </message>
    <message>
        <source>should have been refused with %1, and ended with %2: %3</source>
        <translation>lẽ ra phải bị từ chối với %1 nhưng lại kết thúc với %2: %3</translation>
    </message>
    <message>
        <source>nothing was answered</source>
        <translation>không có trả lời nào</translation>
    </message>
    <message>
        <source>still connected</source>
        <translation>vẫn còn kết nối</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 chưa kết nối</translation>
    </message>
    <message>
        <source>%1 has sent nothing yet</source>
        <translation>%1 chưa gửi gì</translation>
    </message>
    <message>
        <source>the connection ended</source>
        <translation>kết nối đã kết thúc</translation>
    </message>
    <message>
        <source>%1 should have been closed with %2, and was with %3: %4</source>
        <translation>%1 lẽ ra phải bị đóng với %2 nhưng lại bị đóng với %3: %4</translation>
    </message>
    <message>
        <source>the connection did not end; %1</source>
        <translation>kết nối không kết thúc; %1</translation>
    </message>
    <message>
        <source>this server was not started for the scenario, so it cannot be stopped or started</source>
        <translation>ta không có quyền dừng hay khởi động máy chủ này</translation>
    </message>
    <message>
        <source>the server is not running</source>
        <translation>máy chủ không chạy</translation>
    </message>
    <message>
        <source>the server is already running</source>
        <translation>máy chủ đang chạy rồi</translation>
    </message>
    <message>
        <source>the server does not react</source>
        <translation>máy chủ bị treo</translation>
    </message>
    <message>
        <source>after #%1 came #%2</source>
        <translation>sau #%1 lại đến #%2</translation>
    </message>
    <message>
        <source>#%1 was sent before the message that came before it</source>
        <translation>#%1 được gửi trước những gì đến trước nó</translation>
    </message>
    <message>
        <source>%1 is still %2</source>
        <translation>%1 vẫn còn %2</translation>
    </message>
    <message>
        <source>%1 is not %2 %3</source>
        <translation>%1 không ở trạng thái %2 %3</translation>
    </message>
    <message>
        <source>%1 of what %2 sent was not answered</source>
        <translation>%1 khung do %2 gửi chưa được trả lời</translation>
    </message>
    <message>
        <source>should be %1 and is %2</source>
        <translation>lẽ ra phải là %1 nhưng lại là %2</translation>
    </message>
    <message>
        <source>the mailbox could not be read</source>
        <translation>không thể đọc hộp thư</translation>
    </message>
    <message>
        <source>a mailbox was not read to its end</source>
        <translation>một hộp thư chưa được đọc đến hết</translation>
    </message>
    <message>
        <source>%1 should have received %2 messages and has %3</source>
        <translation>%1 lẽ ra phải nhận %2 tin nhắn nhưng có %3</translation>
    </message>
    <message>
        <source>#%1 was accepted, and %2 never received it</source>
        <translation>#%1 đã được chấp nhận nhưng %2 không hề nhận được</translation>
    </message>
    <message>
        <source>should have been answered with %1, and was with %2</source>
        <translation>lẽ ra phải được trả lời bằng %1 nhưng lại bằng %2</translation>
    </message>
    <message>
        <source>the answer does not contain &quot;%1&quot;</source>
        <translation>câu trả lời không chứa &quot;%1&quot;</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>không có trả lời</translation>
    </message>
    <message>
        <source>the end %1</source>
        <translation>kết thúc %1</translation>
    </message>
    <message>
        <source>not a command</source>
        <translation>không có lệnh</translation>
    </message>
    <message>
        <source> #%1</source>
        <translation> #%1</translation>
    </message>
    <message>
        <source>nothing came</source>
        <translation>không có gì đến</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>thêm %1</translation>
    </message>
    <message>
        <source>what came: %1</source>
        <translation>đã đến: %1</translation>
    </message>
    <message>
        <source>%1 is not a seq</source>
        <translation>%1 không phải là seq</translation>
    </message>
    <message>
        <source>%1 cannot send: it never connected, or too many messages are waiting</source>
        <translation>%1 không thể gửi: chưa từng kết nối, hoặc đã có quá nhiều thứ đang chờ</translation>
    </message>
    <message>
        <source>only %1 of %2 frames like %3 came</source>
        <translation>chỉ %1 trên %2 khung đến giống %3</translation>
    </message>
    <message>
        <source>no frame like %1 came</source>
        <translation>không có gì giống %1 đến</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
    <message>
        <source>; the nearest: %1</source>
        <translation>; gần nhất: %1</translation>
    </message>
    <message>
        <source>this should not have come: %1</source>
        <translation>lẽ ra không được đến: %1</translation>
    </message>
    <message>
        <source>no answer at all</source>
        <translation>không có trả lời nào cả</translation>
    </message>
    <message>
        <source>the connection ended with %1</source>
        <translation>kết nối kết thúc với %1</translation>
    </message>
    <message>
        <source>no %1 came; %2</source>
        <translation>không có %1 nào đến; %2</translation>
    </message>
    <message>
        <source>last MESSAGES</source>
        <translation>MESSAGES cuối cùng</translation>
    </message>
    <message>
        <source>more than 64 MiB at once</source>
        <translation>hơn 64 MiB cùng lúc</translation>
    </message>
</context>
<context>
    <name>parley::scenario::Runner</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>earlier connections did not end in time</source>
        <translation>các kết nối trước đó không kết thúc kịp thời</translation>
    </message>
    <message>
        <source>too late</source>
        <translation>quá muộn</translation>
    </message>
    <message>
        <source> (waited %1)</source>
        <translation> (đã chờ %1)</translation>
    </message>
    <message>
        <source>there are not enough panes</source>
        <translation>không đủ ngăn</translation>
    </message>
</context>
<context>
    <name>parley::scenario::ScenarioRun</name>
    <message>
        <source>the server did not start in time</source>
        <translation>máy chủ không khởi động kịp thời</translation>
    </message>
    <message>
        <source>it needs a server of its own</source>
        <translation>cần một máy chủ riêng</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>đã dừng</translation>
    </message>
</context>
<context>
    <name>parley::scenario::FinalCheck</name>
    <message>
        <source>accepted %1, delivered %2, confirmed %3, unread %4: nothing lost, duplicated or out of order</source>
        <translation>chấp nhận %1, giao %2, xác nhận %3, chưa đọc %4: không mất, không trùng, không sai thứ tự</translation>
    </message>
    <message>
        <source>no messages to audit</source>
        <translation>không có tin nhắn để kiểm toán</translation>
    </message>
</context>
<context>
    <name>parley::ui::AboutDialog</name>
    <message>
        <source>Parley %1
Protocol %2
Qt %3 (built with %4)
%5, %6</source>
        <translation>Parley %1
Giao ước truyền tin %2
Qt %3 (biên dịch với %4)
%5, %6</translation>
    </message>
    <message>
        <source>About Parley</source>
        <translation>Giới thiệu về Parley</translation>
    </message>
    <message>
        <source>Parley Workbench</source>
        <translation>Bàn thử nghiệm Parley</translation>
    </message>
    <message>
        <source>Plays clients, shows every step of a message, injects faults, and checks that nothing is lost.
Free software under the MIT license.</source>
        <translation>Nhắn tin riêng tư: thử, quan sát, phá và chứng minh.
Phần mềm tự do theo giấy phép MIT.</translation>
    </message>
    <message>
        <source>Co&amp;py versions</source>
        <translation>Sao &amp;chép các phiên bản</translation>
    </message>
</context>
<context>
    <name>parley::ui::AuditBadge</name>
    <message>
        <source>No-loss auditor</source>
        <translation>Bộ kiểm toán không mất tin</translation>
    </message>
    <message>
        <source>What the auditor found</source>
        <translation>Những gì bộ kiểm toán tìm thấy</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Phát hiện</translation>
    </message>
    <message>
        <source>Auditor: nothing yet</source>
        <translation>Bộ kiểm toán: chưa có gì</translation>
    </message>
    <message>
        <source>No loss · %1 accepted = %2 delivered ∪ %3 unread</source>
        <translation>Không mất · %1 đã chấp nhận = %2 đã giao ∪ %3 chưa đọc</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 và %n mục khác</numerusform>
        </translation>
    </message>
    <message>
        <source>Send a message: from then on every message is followed from its SEND to its CONFIRM.</source>
        <translation>Hãy gửi một tin nhắn: từ đó mọi tin nhắn được theo dõi từ SEND đến CONFIRM.</translation>
    </message>
    <message>
        <source>Every accepted message was delivered or is unread; nothing was duplicated, changed or out of order. Accepted %1, delivered %2, confirmed %3, unread %4.</source>
        <translation>Mọi tin nhắn được chấp nhận đều đã giao hoặc chưa đọc; không có gì bị trùng, bị thay đổi hay sai thứ tự. Chấp nhận %1, giao %2, xác nhận %3, chưa đọc %4.</translation>
    </message>
    <message>
        <source>The server broke a promise. Accepted %1, delivered %2, confirmed %3.</source>
        <translation>Máy chủ đã không giữ cam kết. Chấp nhận %1, giao %2, xác nhận %3.</translation>
    </message>
    <message>
        <source>Whether every accepted message was delivered or is unread; click for more</source>
        <translation>Mọi tin nhắn được chấp nhận có được giao hoặc còn chưa đọc hay không; nhấp để xem thêm</translation>
    </message>
    <message>
        <source>Enter or a click shows the frame that proves it.</source>
        <translation>Nhấn Enter hoặc nhấp để xem khung đã làm lộ lỗi.</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>Khung %1</translation>
    </message>
    <message>
        <source>From the trace</source>
        <translation>Từ dấu vết</translation>
    </message>
</context>
<context>
    <name>parley::ui::BubbleDelegate</name>
    <message>
        <source>to %1</source>
        <translation>đến %1</translation>
    </message>
    <message>
        <source>Confirm this message (C)</source>
        <translation>Xác nhận tin nhắn này (C)</translation>
    </message>
</context>
<context>
    <name>parley::ui::ClientPane</name>
    <message numerus="yes">
        <source>BEHIND: too many messages are unconfirmed, so no more are pushed. FETCH gets the %n unread and makes the connection live again.</source>
        <translation>
            <numerusform>BEHIND: quá nhiều tin nhắn chưa được xác nhận nên không còn tin nào được đẩy đến. FETCH lấy %n tin chưa đọc và nhận trực tiếp trở lại.</numerusform>
        </translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>ai đó</translation>
    </message>
    <message>
        <source>No messages yet. Write to %1 below; Enter sends.</source>
        <translation>Chưa có lời nào. Hãy viết cho %1 bên dưới; Enter để gửi.</translation>
    </message>
    <message>
        <source>Connect, then write to %1. Enter sends.</source>
        <translation>Hãy kết nối, rồi viết cho %1. Enter để gửi.</translation>
    </message>
    <message>
        <source>%1 unread: FETCH gets them. Until then nothing new is pushed.</source>
        <translation>%1 tin chưa đọc: FETCH để nhận chúng. Trước đó sẽ không có tin mới nào được đẩy tới.</translation>
    </message>
</context>
<context>
    <name>parley::ui::ComposerPanel</name>
    <message>
        <source>Se&amp;nd</source>
        <translation>&amp;Gửi</translation>
    </message>
    <message>
        <source>Pane</source>
        <translation>Ngăn</translation>
    </message>
    <message>
        <source>The pane that sends it</source>
        <translation>Ai gửi khung này</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Văn bản</translation>
    </message>
    <message>
        <source>Binary (hex)</source>
        <translation>Nhị phân (hex)</translation>
    </message>
    <message>
        <source>Type of the frame</source>
        <translation>Dạng của khung</translation>
    </message>
    <message>
        <source>&amp;Templates</source>
        <translation>Mẫ&amp;u</translation>
    </message>
    <message>
        <source>Frames that were sent from here (Ctrl+Up, Ctrl+Down)</source>
        <translation>Những gì đã gửi từ đây (Ctrl+Up, Ctrl+Down)</translation>
    </message>
    <message>
        <source>Any frame, valid or not. Ctrl+Enter sends it.</source>
        <translation>Khung bất kỳ, đúng hay sai. Ctrl+Enter để gửi.</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Khung</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Nothing was sent yet</source>
        <translation>Chưa gửi gì</translation>
    </message>
    <message>
        <source>There is no pane to send it.</source>
        <translation>Không có ngăn nào có thể gửi khung này.</translation>
    </message>
    <message>
        <source>%1 is not connected.</source>
        <translation>%1 chưa kết nối.</translation>
    </message>
    <message>
        <source>The server should answer: %1</source>
        <translation>Máy chủ cần trả lời: %1</translation>
    </message>
    <message>
        <source>Earl&amp;ier</source>
        <translation>Trướ&amp;c đây</translation>
    </message>
</context>
<context>
    <name>parley::ui::ConnectionForm</name>
    <message>
        <source>Se&amp;rver</source>
        <translation>Má&amp;y chủ</translation>
    </message>
    <message>
        <source>User and password</source>
        <translation>Người dùng và mật khẩu</translation>
    </message>
    <message>
        <source>User id and secret key</source>
        <translation>Id người dùng và khóa bí mật</translation>
    </message>
    <message>
        <source>User id and session</source>
        <translation>Id người dùng và phiên</translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation>Cách đăng nhập</translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation>&amp;Bằng</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>Tê&amp;n</translation>
    </message>
    <message>
        <source>User &amp;id</source>
        <translation>&amp;Id người dùng</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>Mật &amp;khẩu</translation>
    </message>
    <message>
        <source>Secret &amp;key</source>
        <translation>&amp;Khóa bí mật</translation>
    </message>
    <message>
        <source>Read the secret key from a file</source>
        <translation>Đọc khóa bí mật từ tệp</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>Phiê&amp;n</translation>
    </message>
    <message>
        <source>any text, valid or not</source>
        <translation>văn bản bất kỳ, đúng hay sai</translation>
    </message>
    <message>
        <source>The server&apos;s secret key</source>
        <translation>Khóa bí mật của máy chủ</translation>
    </message>
</context>
<context>
    <name>parley::ui::ControlStrip</name>
    <message>
        <source>&amp;Auto-confirm</source>
        <translation>Tự độn&amp;g xác nhận</translation>
    </message>
    <message>
        <source>Confirms each message as soon as it arrives</source>
        <translation>Xác nhận từng tin nhắn ngay khi đến</translation>
    </message>
    <message>
        <source>FE&amp;TCH</source>
        <translation>FET&amp;CH</translation>
    </message>
    <message>
        <source>Asks for all unread messages, the oldest first (F5)</source>
        <translation>Yêu cầu mọi tin nhắn chưa đọc, cũ nhất trước (F5)</translation>
    </message>
    <message>
        <source>Connect first, then unread messages can be fetched</source>
        <translation>Hãy kết nối trước, sau đó mới lấy được tin nhắn chưa đọc</translation>
    </message>
    <message>
        <source>FETCH, %1 unread</source>
        <translation>FETCH, %1 chưa đọc</translation>
    </message>
    <message>
        <source>Confir&amp;m all</source>
        <translation>Xá&amp;c nhận tất cả</translation>
    </message>
    <message>
        <source>CONFIRMs every message that was received (Ctrl+Shift+Return)</source>
        <translation>CONFIRM mọi tin nhắn đã nhận (Ctrl+Shift+Return)</translation>
    </message>
</context>
<context>
    <name>parley::ui::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>Cuộc trò chuyện</translation>
    </message>
    <message>
        <source>C confirms the selected messages, Ctrl+C copies them.</source>
        <translation>C xác nhận các tin nhắn đã chọn, Ctrl+C sao chép chúng.</translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation>&amp;Sao chép văn bản</translation>
    </message>
    <message>
        <source>C&amp;onfirm</source>
        <translation>&amp;Xác nhận</translation>
    </message>
    <message>
        <source>Confirm &amp;all</source>
        <translation>Xác nhận tất &amp;cả</translation>
    </message>
    <message>
        <source>Follow in the &amp;inspector</source>
        <translation>Theo dõi trong trình k&amp;iểm tra</translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramLegend</name>
    <message>
        <source>command</source>
        <translation>lệnh</translation>
    </message>
    <message>
        <source>store</source>
        <translation>lưu</translation>
    </message>
    <message>
        <source>deliver</source>
        <translation>giao</translation>
    </message>
    <message>
        <source>confirm</source>
        <translation>xác nhận</translation>
    </message>
    <message>
        <source>presence</source>
        <translation>hiện diện</translation>
    </message>
    <message>
        <source>error</source>
        <translation>lỗi</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>suy ra</translation>
    </message>
    <message>
        <source>Solid: seen on the wire, or reported by the server&apos;s trace. Dashed: not reported, but proven by what the clients saw.</source>
        <translation>Nét liền: thấy trên đường truyền hoặc do dấu vết của máy chủ cho biết. Nét đứt: không ai cho biết, nhưng những gì các máy khách thấy chứng tỏ điều đó.</translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramPanel</name>
    <message>
        <source>This diagram is too long for a PNG. Export it as SVG, hide answers and heartbeats, or clear it first.</source>
        <translation>Sơ đồ này quá dài cho PNG. Hãy xuất dưới dạng SVG, ẩn các trả lời và nhịp tim, hoặc xóa sơ đồ trước.</translation>
    </message>
    <message>
        <source>Connect both clients and send a message: each step appears here.</source>
        <translation>Hãy kết nối cả hai máy khách và gửi một tin nhắn: từng bước sẽ hiện ở đây.</translation>
    </message>
    <message>
        <source>Sequence diagram</source>
        <translation>Sơ đồ tuần tự</translation>
    </message>
    <message>
        <source>Stops moving; steps are still recorded</source>
        <translation>Đứng yên; các bước vẫn được ghi</translation>
    </message>
    <message>
        <source>Removes all steps</source>
        <translation>Quên mọi bước</translation>
    </message>
    <message>
        <source>Follows the newest step (End)</source>
        <translation>Luôn ở bước mới nhất (End)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Nhỏ hơn (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Lớn hơn (+)</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Original size (0)</source>
        <translation>Kích thước gốc (0)</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Also SENT, CONFIRMED, receipts and other answers</source>
        <translation>Cả SENT, CONFIRMED, biên nhận và các trả lời khác</translation>
    </message>
    <message>
        <source>Consecutive heartbeats are one arrow with a count</source>
        <translation>Các nhịp tim liên tiếp được gộp thành một mũi tên có đếm</translation>
    </message>
    <message>
        <source>&amp;SVG…</source>
        <translation>&amp;SVG…</translation>
    </message>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation>Ảnh SVG (*.svg)</translation>
    </message>
    <message>
        <source>&amp;PNG…</source>
        <translation>&amp;PNG…</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>Ảnh PNG (*.png)</translation>
    </message>
    <message>
        <source>&amp;Mermaid…</source>
        <translation>&amp;Mermaid…</translation>
    </message>
    <message>
        <source>Mermaid diagrams (*.mmd)</source>
        <translation>Sơ đồ Mermaid (*.mmd)</translation>
    </message>
    <message>
        <source>Plant&amp;UML…</source>
        <translation>Plant&amp;UML…</translation>
    </message>
    <message>
        <source>PlantUML diagrams (*.puml)</source>
        <translation>Sơ đồ PlantUML (*.puml)</translation>
    </message>
    <message>
        <source>&amp;Copy as Mermaid</source>
        <translation>Sao &amp;chép dạng Mermaid</translation>
    </message>
    <message>
        <source>Saves the visible diagram as a file</source>
        <translation>Những gì đang hiện, dưới dạng tệp</translation>
    </message>
    <message>
        <source>Export the diagram</source>
        <translation>Xuất sơ đồ</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Đã lưu thành %1.</translation>
    </message>
    <message>
        <source>The file&apos;s name must end in .svg, .png, .mmd or .puml.</source>
        <translation>Tên tệp phải kết thúc bằng .svg, .png, .mmd hoặc .puml.</translation>
    </message>
    <message>
        <source>Copied as Mermaid.</source>
        <translation>Đã sao chép dạng Mermaid.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Theo dõi</translation>
    </message>
    <message>
        <source>Zoom −</source>
        <translation>Thu phóng −</translation>
    </message>
    <message>
        <source>Zoom +</source>
        <translation>Thu phóng +</translation>
    </message>
    <message>
        <source>Show answers</source>
        <translation>Hiện trả lời</translation>
    </message>
    <message>
        <source>Show heartbeats</source>
        <translation>Hiện nhịp tim</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Xuất</translation>
    </message>
</context>
<context>
    <name>parley::ui::DiagramView</name>
    <message>
        <source>Sequence diagram</source>
        <translation>Sơ đồ tuần tự</translation>
    </message>
</context>
<context>
    <name>parley::ui::ArrowDetails</name>
    <message>
        <source>%1 times, last at %2</source>
        <translation>%1 lần, lần cuối lúc %2</translation>
    </message>
    <message>
        <source>Inferred: proven by what the clients saw</source>
        <translation>Suy ra: các máy khách đã thấy điều chứng tỏ</translation>
    </message>
    <message>
        <source>Reported by the server&apos;s trace</source>
        <translation>Do dấu vết của máy chủ cho biết</translation>
    </message>
</context>
<context>
    <name>parley::ui::Docks</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>parley::ui::FaultRow</name>
    <message>
        <source>Server: %1</source>
        <translation>Máy chủ: %1</translation>
    </message>
    <message>
        <source>Frame that shows it: %1</source>
        <translation>Khung cho thấy điều đó: %1</translation>
    </message>
    <message>
        <source>Not as expected: %1</source>
        <translation>Không như mong đợi: %1</translation>
    </message>
    <message>
        <source>Could not be tried: %1</source>
        <translation>Không rõ: %1</translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation>Số %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Chạy</translation>
    </message>
</context>
<context>
    <name>parley::ui::FaultsPanel</name>
    <message>
        <source>Pane</source>
        <translation>Ngăn</translation>
    </message>
    <message>
        <source>The pane whose client misbehaves</source>
        <translation>Máy khách của ai hoạt động sai</translation>
    </message>
    <message>
        <source>There is no pane yet.</source>
        <translation>Chưa có ngăn nào.</translation>
    </message>
    <message>
        <source>Connect this pane to try the faults that need a connection.</source>
        <translation>Hãy kết nối ngăn này để thử những gì cần kết nối.</translation>
    </message>
</context>
<context>
    <name>parley::ui::Files</name>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>Không thể ghi %1: %2.</translation>
    </message>
</context>
<context>
    <name>parley::ui::FrameDetail</name>
    <message>
        <source>Copy &amp;JSON</source>
        <translation>Sao chép &amp;JSON</translation>
    </message>
    <message>
        <source>Copy as &amp;websocat</source>
        <translation>Sao chép dạng &amp;websocat</translation>
    </message>
    <message>
        <source>Follow &amp;this message</source>
        <translation>Theo &amp;dõi tin nhắn này</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>The payload, as it is shown</source>
        <translation>Nội dung như đang hiển thị</translation>
    </message>
    <message>
        <source>A shell command that does the same</source>
        <translation>Một dòng lệnh shell làm điều tương tự</translation>
    </message>
    <message>
        <source>Shows the frames of this message in all panes</source>
        <translation>Hiện đường đi của tin nhắn này qua mọi ngăn</translation>
    </message>
    <message>
        <source>No frame is selected</source>
        <translation>Chưa chọn khung nào</translation>
    </message>
    <message>
        <source>Select a frame to see all of it.</source>
        <translation>Chọn một khung để xem toàn bộ.</translation>
    </message>
    <message>
        <source>Copy as c&amp;url</source>
        <translation>Sao chép dạng c&amp;url</translation>
    </message>
    <message>
        <source>%1 → server: %2</source>
        <translation>%1 → máy chủ: %2</translation>
    </message>
    <message>
        <source>server → %1: %2</source>
        <translation>máy chủ → %1: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation>Số %1</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>người dùng %1</translation>
    </message>
    <message>
        <source>seq %1</source>
        <translation>seq %1</translation>
    </message>
    <message>
        <source>clientId %1</source>
        <translation>clientId %1</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 byte</translation>
    </message>
    <message>
        <source>answered in %1 ms</source>
        <translation>được trả lời sau %1 ms</translation>
    </message>
</context>
<context>
    <name>parley::ui::FrameTable</name>
    <message>
        <source>Frames</source>
        <translation>Khung</translation>
    </message>
    <message>
        <source>No frame matches.
Esc shows all frames again.</source>
        <translation>Không có khung nào như vậy.
Esc hiện lại tất cả.</translation>
    </message>
    <message>
        <source>No frames yet.
Connect a client, and all that it sends and receives appears here.</source>
        <translation>Chưa có khung nào.
Hãy kết nối một máy khách, mọi thứ nó gửi và nhận sẽ hiện ở đây.</translation>
    </message>
</context>
<context>
    <name>parley::ui::HeartbeatMeter</name>
    <message>
        <source>Heartbeat: on or off, the time until the next, the last round trip</source>
        <translation>Nhịp tim: bật hay tắt, thời gian đến lần kế tiếp, khứ hồi gần nhất</translation>
    </message>
    <message>
        <source>heartbeat off</source>
        <translation>nhịp tim tắt</translation>
    </message>
    <message>
        <source>heartbeat on</source>
        <translation>nhịp tim bật</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>&lt;1 ms</source>
        <translation>&lt;1 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Heartbeat, on</source>
        <translation>Nhịp tim, bật</translation>
    </message>
    <message>
        <source>Heartbeat, off</source>
        <translation>Nhịp tim, tắt</translation>
    </message>
    <message>
        <source>off</source>
        <translation>tắt</translation>
    </message>
    <message>
        <source>on</source>
        <translation>bật</translation>
    </message>
</context>
<context>
    <name>parley::ui::InspectorPanel</name>
    <message>
        <source>Frame %1 is no longer there.</source>
        <translation>Khung %1 không còn nữa.</translation>
    </message>
    <message>
        <source>This frame is not about a message.</source>
        <translation>Khung này không liên quan đến tin nhắn nào.</translation>
    </message>
    <message>
        <source>Saved as %1. Frames: %2</source>
        <translation>Đã lưu thành %1. Khung: %2</translation>
    </message>
    <message>
        <source>The file could not be written: %1.</source>
        <translation>Không thể ghi tệp: %1.</translation>
    </message>
    <message>
        <source>The file could not be read: %1.</source>
        <translation>Không thể đọc tệp: %1.</translation>
    </message>
    <message>
        <source>Loaded: %1</source>
        <translation>Đã tải: %1</translation>
    </message>
    <message>
        <source>Lines that could not be read: %L1.</source>
        <translation>Số dòng không thể đọc: %L1.</translation>
    </message>
    <message>
        <source>Save frames</source>
        <translation>Lưu khung</translation>
    </message>
    <message>
        <source>Frames (*.jsonl)</source>
        <translation>Khung (*.jsonl)</translation>
    </message>
    <message>
        <source>Load frames</source>
        <translation>Tải khung</translation>
    </message>
    <message>
        <source>Frames (*.jsonl);;All files (*)</source>
        <translation>Khung (*.jsonl);;Mọi tệp (*)</translation>
    </message>
</context>
<context>
    <name>parley::ui::InspectorToolBar</name>
    <message>
        <source>Frames: %L1</source>
        <translation>Khung: %L1</translation>
    </message>
    <message>
        <source>Frames: %L1 of %L2</source>
        <translation>Khung: %L1 trên %L2</translation>
    </message>
    <message>
        <source>&amp;Kinds •</source>
        <translation>L&amp;oại •</translation>
    </message>
    <message>
        <source>&amp;Kinds</source>
        <translation>L&amp;oại</translation>
    </message>
    <message>
        <source>&amp;Panes</source>
        <translation>N&amp;găn</translation>
    </message>
    <message>
        <source>&amp;Panes •</source>
        <translation>N&amp;găn •</translation>
    </message>
    <message>
        <source>F&amp;ollow message</source>
        <translation>Th&amp;eo dõi tin nhắn</translation>
    </message>
    <message>
        <source>Shows only the frames of one message</source>
        <translation>Chỉ hiện đường đi của một tin nhắn</translation>
    </message>
    <message>
        <source>&amp;Newest</source>
        <translation>Mớ&amp;i nhất</translation>
    </message>
    <message>
        <source>Stays at the newest frame</source>
        <translation>Luôn ở khung mới nhất</translation>
    </message>
    <message>
        <source>&amp;Back to the panes</source>
        <translation>&amp;Quay lại các ngăn</translation>
    </message>
    <message>
        <source>Closes the file that was loaded</source>
        <translation>Rời khỏi tệp đã tải</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>Xó&amp;a</translation>
    </message>
    <message>
        <source>Removes all frames</source>
        <translation>Quên mọi khung</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Lưu…</translation>
    </message>
    <message>
        <source>Saves all frames as JSON lines</source>
        <translation>Lưu mọi khung dưới dạng dòng JSON</translation>
    </message>
    <message>
        <source>Loa&amp;d…</source>
        <translation>Tả&amp;i…</translation>
    </message>
    <message>
        <source>Shows the frames of a file</source>
        <translation>Hiện các khung của một tệp</translation>
    </message>
    <message>
        <source>Shows only frames of these kinds</source>
        <translation>Chỉ hiện các khung về nội dung này</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>&amp;Tin nhắn</translation>
    </message>
    <message>
        <source>&amp;Fetching</source>
        <translation>Lấ&amp;y tin</translation>
    </message>
    <message>
        <source>&amp;Confirming</source>
        <translation>Xá&amp;c nhận</translation>
    </message>
    <message>
        <source>&amp;Heartbeats</source>
        <translation>&amp;Nhịp tim</translation>
    </message>
    <message>
        <source>&amp;Presence</source>
        <translation>&amp;Hiện diện</translation>
    </message>
    <message>
        <source>&amp;Errors</source>
        <translation>Lỗ&amp;i</translation>
    </message>
    <message>
        <source>C&amp;onnections</source>
        <translation>Kết &amp;nối</translation>
    </message>
    <message>
        <source>&amp;Not a command</source>
        <translation>Nội dung không phải &amp;lệnh</translation>
    </message>
    <message>
        <source>All but hea&amp;rtbeats</source>
        <translation>Tất cả t&amp;rừ nhịp tim</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>Tất &amp;cả</translation>
    </message>
    <message>
        <source>Shows only the frames of these panes</source>
        <translation>Chỉ hiển thị khung của những mục này</translation>
    </message>
</context>
<context>
    <name>parley::ui::FrameSearch</name>
    <message>
        <source>Search in frames (Ctrl+F)</source>
        <translation>Tìm trong các khung (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search in frames</source>
        <translation>Tìm trong các khung</translation>
    </message>
</context>
<context>
    <name>parley::ui::LaunchOptions</name>
    <message>
        <source>Connects as alice and bob, the users of a server started with --demo.</source>
        <translation>Kết nối với tư cách alice và bob, hai người dùng của máy chủ khởi động bằng --demo.</translation>
    </message>
    <message>
        <source>The server; by default ws://127.0.0.1:2345.</source>
        <translation>Máy chủ; mặc định là ws://127.0.0.1:2345.</translation>
    </message>
    <message>
        <source>A file with the secret key, to mint sessions.</source>
        <translation>Khóa bí mật dùng để tạo phiên.</translation>
    </message>
    <message>
        <source>A file with the admin token for the server&apos;s trace; or PARLEY_ADMIN_TOKEN.</source>
        <translation>Token của quản trị viên, dùng cho dấu vết của máy chủ; hoặc PARLEY_ADMIN_TOKEN.</translation>
    </message>
    <message>
        <source>en, vi or system.</source>
        <translation>en, vi hoặc system.</translation>
    </message>
    <message>
        <source>system, light or dark.</source>
        <translation>system, light hoặc dark.</translation>
    </message>
    <message>
        <source>Prints the version.</source>
        <translation>In ra phiên bản.</translation>
    </message>
    <message>
        <source>Prints this help.</source>
        <translation>In ra phần trợ giúp này.</translation>
    </message>
    <message>
        <source>--url: %1 is not an address such as ws://127.0.0.1:2345</source>
        <translation>--url: %1 không phải là địa chỉ dạng ws://127.0.0.1:2345</translation>
    </message>
    <message>
        <source>no admin token (%1)</source>
        <translation>không có token quản trị viên (%1)</translation>
    </message>
    <message>
        <source>--theme: system, light or dark</source>
        <translation>--theme: system, light hoặc dark</translation>
    </message>
    <message>
        <source>--language: en, vi or system</source>
        <translation>--language: en, vi hoặc system</translation>
    </message>
    <message>
        <source>unexpected argument: &quot;%1&quot;</source>
        <translation>&quot;%1&quot; không có nghĩa ở đây</translation>
    </message>
    <message>
        <source>The workbench of Parley: plays clients, shows every step of a message, injects faults.
For scenarios without a display: parley-client --headless --help</source>
        <translation>Bàn thử nghiệm của Parley: chạy, quan sát, làm hỏng và kiểm chứng các máy khách.
Để chạy kịch bản không cần màn hình: parley-client --headless --help</translation>
    </message>
</context>
<context>
    <name>parley::ui::LoadTab</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation>Tin nhắn mỗi giây</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>đã lưu</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>đã giao</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>đã xác nhận</translation>
    </message>
    <message>
        <source>Latency, send to receive, ms</source>
        <translation>Độ trễ từ lúc gửi đến lúc nhận, ms</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>Trạng thái lần chạy</translation>
    </message>
    <message>
        <source>Choose how many pairs of users write to each other, and start.</source>
        <translation>Chọn số cặp người dùng sẽ nhắn tin cho nhau, rồi bắt đầu.</translation>
    </message>
    <message>
        <source>Who connects</source>
        <translation>Bên kết nối</translation>
    </message>
    <message>
        <source>Many users, by time sessions</source>
        <translation>Nhiều người dùng, bằng phiên theo thời gian</translation>
    </message>
    <message>
        <source>Two users, by password</source>
        <translation>Hai người dùng, bằng mật khẩu</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Số cặp</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Cửa sổ</translation>
    </message>
    <message>
        <source>Messages of one pair that were sent and not yet received</source>
        <translation>Số tin nhắn của một cặp đã gửi mà chưa nhận được</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source> bytes</source>
        <translation> byte</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Thời lượng</translation>
    </message>
    <message>
        <source> s</source>
        <translation> giây</translation>
    </message>
    <message>
        <source>until stopped</source>
        <translation>đến khi dừng</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Bắt đầu</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>&amp;Dừng</translation>
    </message>
    <message>
        <source>Pai&amp;rs</source>
        <translation>Số &amp;cặp</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>Cử&amp;a sổ</translation>
    </message>
    <message>
        <source>&amp;Body</source>
        <translation>&amp;Nội dung</translation>
    </message>
    <message>
        <source>&amp;Duration</source>
        <translation>Thời &amp;lượng</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Khóa bí mật</translation>
    </message>
    <message>
        <source>the server&apos;s secret key</source>
        <translation>khóa bí mật của máy chủ</translation>
    </message>
    <message>
        <source>First user id</source>
        <translation>ID người dùng đầu tiên</translation>
    </message>
    <message>
        <source>Secret &amp;key</source>
        <translation>&amp;Khóa bí mật</translation>
    </message>
    <message>
        <source>First &amp;user id</source>
        <translation>ID người dùng đầ&amp;u tiên</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>Người dùng %1</translation>
    </message>
    <message>
        <source>Password of user %1</source>
        <translation>Mật khẩu của người dùng %1</translation>
    </message>
    <message>
        <source>password</source>
        <translation>mật khẩu</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message numerus="yes">
        <source>At most %n pairs: a server admits no more connections of one user.</source>
        <translation>
            <numerusform>Tối đa %n cặp: máy chủ không nhận thêm kết nối của cùng một người dùng.</numerusform>
        </translation>
    </message>
    <message>
        <source>messages per second</source>
        <translation>tin nhắn mỗi giây</translation>
    </message>
    <message>
        <source>p50 latency</source>
        <translation>độ trễ p50</translation>
    </message>
    <message>
        <source>p99 latency</source>
        <translation>độ trễ p99</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>kết nối</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>Stopping: waiting for the messages under way.</source>
        <translation>Đang dừng: chờ những tin nhắn đang truyền hoàn tất.</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Đang kết nối …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 trên %2</translation>
    </message>
    <message numerus="yes">
        <source>Running. %n error(s), the last: %1</source>
        <translation>
            <numerusform>Đang chạy. %n lỗi, lỗi gần nhất: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Running: %1 messages delivered.</source>
        <translation>Đang chạy: đã giao %1 tin nhắn.</translation>
    </message>
    <message>
        <source>%1 messages in %2 s: %3 a second; p50 %4, p95 %5, p99 %6, longest %7. </source>
        <translation>%1 tin nhắn trong %2 giây: %3 mỗi giây; p50 %4, p95 %5, p99 %6, lâu nhất %7. </translation>
    </message>
    <message>
        <source>Nothing lost, duplicated or out of order.</source>
        <translation>Không có tin nào bị mất, trùng lặp hay sai thứ tự.</translation>
    </message>
    <message>
        <source>%1 missing, %2 duplicated, %3 out of order!</source>
        <translation>%1 bị thiếu, %2 bị trùng lặp, %3 sai thứ tự!</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s), the last: %1</source>
        <translation>
            <numerusform>%n lỗi, lỗi gần nhất: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>No server yet: enter its address in a client pane.</source>
        <translation>Chưa có máy chủ: hãy nhập địa chỉ trong một ngăn máy khách.</translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation>Với %1</translation>
    </message>
</context>
<context>
    <name>parley::ui::MainWindow</name>
    <message>
        <source>Parley Workbench</source>
        <translation>Bàn thử nghiệm Parley</translation>
    </message>
    <message>
        <source>Diagram</source>
        <translation>Sơ đồ</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Lỗi giả lập</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Trình kiểm tra</translation>
    </message>
    <message>
        <source>Raw frames</source>
        <translation>Khung thô</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Tải</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Kịch bản</translation>
    </message>
    <message>
        <source>A scenario is using the panes.</source>
        <translation>Một kịch bản đang dùng các ngăn.</translation>
    </message>
</context>
<context>
    <name>parley::ui::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Tệp</translation>
    </message>
    <message>
        <source>&amp;New pane</source>
        <translation>&amp;Ngăn mới</translation>
    </message>
    <message>
        <source>New pane</source>
        <translation>Ngăn mới</translation>
    </message>
    <message>
        <source>Adds a client pane (Ctrl+N)</source>
        <translation>Thêm một ngăn máy khách (Ctrl+N)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>T&amp;hoát</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Sửa</translation>
    </message>
    <message>
        <source>&amp;Clear everything</source>
        <translation>&amp;Xóa tất cả</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>Removes all conversations and frames (Ctrl+L)</source>
        <translation>Xóa mọi cuộc trò chuyện và khung (Ctrl+L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Đặ&amp;t lại bố cục</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>T&amp;oàn màn hình</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Giao diện</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;Hệ thống</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Sáng</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Tối</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <source>The language takes effect at the next start.</source>
        <translation>Ngôn ngữ có hiệu lực từ lần khởi động sau.</translation>
    </message>
    <message>
        <source>&amp;Client</source>
        <translation>&amp;Máy khách</translation>
    </message>
    <message>
        <source>&amp;Connect or disconnect</source>
        <translation>&amp;Kết nối hoặc ngắt kết nối</translation>
    </message>
    <message>
        <source>Connection &amp;details</source>
        <translation>&amp;Chi tiết kết nối</translation>
    </message>
    <message>
        <source>Connect a&amp;ll</source>
        <translation>Kết nối &amp;tất cả</translation>
    </message>
    <message>
        <source>Disconnect &amp;everybody</source>
        <translation>&amp;Ngắt kết nối tất cả</translation>
    </message>
    <message>
        <source>Connect all</source>
        <translation>Kết nối tất cả</translation>
    </message>
    <message>
        <source>Disconnect all</source>
        <translation>Ngắt kết nối tất cả</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Gửi</translation>
    </message>
    <message>
        <source>&amp;FETCH</source>
        <translation>&amp;FETCH</translation>
    </message>
    <message>
        <source>CONFIRM &amp;all</source>
        <translation>CONFIR&amp;M tất cả</translation>
    </message>
    <message>
        <source>A&amp;uto-confirm on or off</source>
        <translation>Bật hoặc tắt tự động &amp;xác nhận</translation>
    </message>
    <message>
        <source>&amp;Heartbeat on or off</source>
        <translation>Bật hoặc tắt n&amp;hịp tim</translation>
    </message>
    <message>
        <source>Choose &amp;receiver</source>
        <translation>Chọn ngườ&amp;i nhận</translation>
    </message>
    <message>
        <source>Write a &amp;message</source>
        <translation>&amp;Viết tin nhắn</translation>
    </message>
    <message>
        <source>C&amp;onversation</source>
        <translation>Cuộc trò ch&amp;uyện</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>Ngăn tiế&amp;p theo</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>Ngăn t&amp;rước</translation>
    </message>
    <message>
        <source>Pane %1</source>
        <translation>Ngăn %1</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ giú&amp;p</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Phím tắt</translation>
    </message>
    <message>
        <source>&amp;About Parley</source>
        <translation>&amp;Giới thiệu Parley</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Giới thiệu &amp;Qt</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Công cụ</translation>
    </message>
    <message>
        <source>&amp;Remove the last pane</source>
        <translation>&amp;Bỏ ngăn cuối</translation>
    </message>
</context>
<context>
    <name>parley::ui::MarkDelegate</name>
    <message>
        <source>not run</source>
        <translation>chưa chạy</translation>
    </message>
    <message>
        <source>running</source>
        <translation>đang chạy</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>thất bại</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>chưa hoàn tất</translation>
    </message>
</context>
<context>
    <name>parley::ui::MessageBar</name>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>Đóng (Esc)</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Đóng thông báo</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1 (%2 lần)</translation>
    </message>
</context>
<context>
    <name>parley::ui::MessageComposer</name>
    <message>
        <source>Sen&amp;d</source>
        <translation>&amp;Gửi</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Tin nhắn</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line.</source>
        <translation>Enter để gửi, Shift+Enter để xuống dòng mới.</translation>
    </message>
    <message>
        <source>Write to %1</source>
        <translation>Viết cho %1</translation>
    </message>
    <message>
        <source>Connect first, then write here</source>
        <translation>Hãy kết nối trước, rồi viết ở đây</translation>
    </message>
    <message>
        <source>Choose a receiver first</source>
        <translation>Hãy chọn người nhận trước</translation>
    </message>
    <message>
        <source>Write to %1: sent once online</source>
        <translation>Viết cho %1: gửi khi trực tuyến</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Gửi (Enter)</translation>
    </message>
    <message>
        <source>%1 of %2 bytes</source>
        <translation>%1 trên %2 byte</translation>
    </message>
    <message>
        <source>Too many messages are waiting to be sent. Wait until they are sent, then try again.</source>
        <translation>Có quá nhiều tin nhắn đang chờ gửi. Hãy đợi chúng được gửi xong rồi gửi lại.</translation>
    </message>
</context>
<context>
    <name>parley::workbench::Observers</name>
    <message>
        <source>the token is for another server</source>
        <translation>token này dành cho máy chủ khác</translation>
    </message>
</context>
<context>
    <name>parley::ui::PaneHeader</name>
    <message>
        <source>Show or hide the connection&apos;s details</source>
        <translation>Hiện hoặc ẩn chi tiết kết nối</translation>
    </message>
    <message>
        <source>Connection details of %1</source>
        <translation>Chi tiết kết nối của %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation>Kết nố&amp;i</translation>
    </message>
    <message>
        <source>Disc&amp;onnect</source>
        <translation>Ngắt kết nố&amp;i</translation>
    </message>
    <message>
        <source>Remove this pane</source>
        <translation>Bỏ ngăn này</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Bỏ %1</translation>
    </message>
</context>
<context>
    <name>parley::ui::PeerLine</name>
    <message>
        <source>Receiver</source>
        <translation>Người nhận</translation>
    </message>
    <message>
        <source>user id</source>
        <translation>ID người dùng</translation>
    </message>
    <message>
        <source>A user of another pane, or any user id</source>
        <translation>Người dùng của ngăn khác, hoặc ID người dùng bất kỳ</translation>
    </message>
    <message>
        <source>&amp;With</source>
        <translation>&amp;Với</translation>
    </message>
    <message>
        <source>nobody chosen</source>
        <translation>chưa chọn ai</translation>
    </message>
    <message>
        <source>presence not known</source>
        <translation>chưa rõ trạng thái hiện diện</translation>
    </message>
    <message>
        <source>online</source>
        <translation>trực tuyến</translation>
    </message>
    <message>
        <source>offline, last seen %1</source>
        <translation>ngoại tuyến, thấy lần cuối %1</translation>
    </message>
    <message>
        <source>offline, never seen</source>
        <translation>ngoại tuyến, chưa từng thấy</translation>
    </message>
    <message>
        <source>The receiver is: %1</source>
        <translation>Người nhận: %1</translation>
    </message>
</context>
<context>
    <name>parley::ui::People</name>
    <message>
        <source>user %1</source>
        <translation>người dùng %1</translation>
    </message>
</context>
<context>
    <name>parley::ui::RecordedDialog</name>
    <message>
        <source>Recorded scenario</source>
        <translation>Kịch bản đã ghi</translation>
    </message>
    <message>
        <source>The scenario&apos;s text</source>
        <translation>Nội dung kịch bản</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Tên</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Lưu…</translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation>&amp;Chạy</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s). Read it, save it, and remove by hand what does not matter.</source>
        <translation>
            <numerusform>%n bước. Hãy đọc, lưu lại và tự xóa những phần không quan trọng.</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be run as it is: %1</source>
        <translation>Không thể chạy ở dạng hiện tại: %1</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Lưu kịch bản</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml)</source>
        <translation>Kịch bản (*.yaml)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Đã lưu thành %1.</translation>
    </message>
</context>
<context>
    <name>parley::ui::ScenarioList</name>
    <message>
        <source>This file is not a scenario.</source>
        <translation>Tệp này không phải là kịch bản.</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
</context>
<context>
    <name>parley::ui::ScenarioPanel</name>
    <message>
        <source>Scenarios</source>
        <translation>Kịch bản</translation>
    </message>
    <message>
        <source>There is no server at %1. Install parleyd next to this program, or choose the server of the panes.</source>
        <translation>Không có máy chủ tại %1. Hãy cài parleyd cạnh chương trình này, hoặc chọn máy chủ của các ngăn.</translation>
    </message>
    <message>
        <source>There is no pane. Add one, and enter its server.</source>
        <translation>Không có ngăn nào. Hãy thêm một ngăn và cho biết ngăn đó kết nối đến đâu.</translation>
    </message>
    <message>
        <source>%1 has no server. Enter its address.</source>
        <translation>%1 chưa nêu máy chủ. Hãy điền nơi kết nối đến.</translation>
    </message>
    <message>
        <source>%1 has no secret key, which is needed to make sessions. Choose “User id and secret key” there, or “A server of its own” here.</source>
        <translation>%1 không có khóa bí mật để tạo phiên. Hãy chọn “ID người dùng và khóa bí mật” ở đó, hoặc chọn máy chủ riêng ở đây.</translation>
    </message>
    <message>
        <source>It configures, stops or kills its server, so it needs one of its own.</source>
        <translation>Kịch bản này thiết lập, dừng hoặc buộc tắt máy chủ của nó, nên cần có máy chủ riêng.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Đang dừng…</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Đang chạy…</translation>
    </message>
    <message>
        <source>Running: step %1 of %2</source>
        <translation>Đang chạy: bước %1 trên %2</translation>
    </message>
    <message>
        <source>Not run yet. A run clears the panes and disconnects them.</source>
        <translation>Chưa chạy. Khi chạy, các ngăn sẽ bị xóa nội dung và ngắt kết nối.</translation>
    </message>
    <message numerus="yes">
        <source>Recording, %n event(s) so far. Do in the panes what the scenario should do, then stop.</source>
        <translation>
            <numerusform>Đang ghi, đã có %n sự kiện. Hãy thực hiện trong các ngăn những gì kịch bản cần làm, rồi dừng.</numerusform>
        </translation>
    </message>
    <message>
        <source>The frame of this step is gone, because another run began. Run this one again to see it.</source>
        <translation>Khung của bước này không còn: một lần chạy khác đã bắt đầu sau đó. Hãy chạy lại kịch bản này để xem.</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Mở kịch bản</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml *.json);;All files (*)</source>
        <translation>Kịch bản (*.yaml *.yml *.json);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Lưu báo cáo</translation>
    </message>
    <message>
        <source>HTML report (*.html);;JUnit XML (*.xml)</source>
        <translation>Báo cáo HTML (*.html);;JUnit XML (*.xml)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Đã lưu thành %1.</translation>
    </message>
    <message>
        <source>Nothing was recorded: nothing was done in the panes.</source>
        <translation>Không ghi được gì: chưa có thao tác nào trong các ngăn.</translation>
    </message>
    <message>
        <source>Recorded %1</source>
        <translation>Đã ghi %1</translation>
    </message>
    <message>
        <source>%1 of %2 scenarios passed.</source>
        <translation>%1 trong %2 kịch bản đạt.</translation>
    </message>
</context>
<context>
    <name>parley::ui::RunBar</name>
    <message>
        <source>Scenarios</source>
        <translation>Kịch bản</translation>
    </message>
    <message>
        <source>Run the chosen scenario in the panes (F9)</source>
        <translation>Chạy kịch bản đã chọn trong các ngăn (F9)</translation>
    </message>
    <message>
        <source>Stop recor&amp;ding</source>
        <translation>Dừng g&amp;hi</translation>
    </message>
    <message>
        <source>Recor&amp;d</source>
        <translation>G&amp;hi</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>Chạ&amp;y</translation>
    </message>
    <message>
        <source>Run the chosen scenario in the panes</source>
        <translation>Chạy kịch bản đã chọn trong các ngăn</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Chạy tất cả</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Dừng</translation>
    </message>
    <message>
        <source>Make a scenario from what you do in the panes</source>
        <translation>Tạo kịch bản từ những thao tác thủ công trong các ngăn</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Mở…</translation>
    </message>
    <message>
        <source>Add a scenario file to the list</source>
        <translation>Thêm tệp kịch bản vào danh sách</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Lưu báo cáo…</translation>
    </message>
    <message>
        <source>The result of the last run, as HTML or JUnit XML</source>
        <translation>Kết quả của lần chạy gần nhất, dạng HTML hoặc XML của JUnit</translation>
    </message>
    <message>
        <source>A server of its own</source>
        <translation>Máy chủ riêng</translation>
    </message>
    <message>
        <source>The server of the panes</source>
        <translation>Máy chủ của các ngăn</translation>
    </message>
    <message>
        <source>Where scenarios run</source>
        <translation>Nơi chạy kịch bản</translation>
    </message>
    <message>
        <source>A server of its own is started and stopped for each scenario. The server of the panes is the one of ClientA.</source>
        <translation>Máy chủ riêng được khởi động cho từng kịch bản và kết thúc cùng kịch bản đó. Máy chủ của các ngăn là nơi ClientA kết nối đến.</translation>
    </message>
    <message>
        <source>Run all scenarios, one after the other</source>
        <translation>Chạy lần lượt tất cả kịch bản</translation>
    </message>
    <message>
        <source>Stop the running scenario</source>
        <translation>Dừng kịch bản đang chạy</translation>
    </message>
</context>
<context>
    <name>parley::ui::ScenarioDetail</name>
    <message>
        <source>Failed after %1 at step %2, which is %3:%4.</source>
        <translation>Thất bại sau %1 ở bước %2, tại %3:%4.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source>Passed in %1.</source>
        <translation>Đạt trong %1.</translation>
    </message>
    <message>
        <source>Passed in %1. Audit: %2.</source>
        <translation>Đạt trong %1. Kiểm toán: %2.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Các bước</translation>
    </message>
</context>
<context>
    <name>parley::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Phím</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>Tác dụng</translation>
    </message>
    <message>
        <source>In the message: sends it. In the form: connects</source>
        <translation>Trong tin nhắn: gửi tin nhắn. Trong biểu mẫu: kết nối</translation>
    </message>
    <message>
        <source>In the message: begins a new line</source>
        <translation>Trong tin nhắn: xuống dòng mới</translation>
    </message>
    <message>
        <source>In the conversation: confirms the selected messages</source>
        <translation>Trong cuộc trò chuyện: xác nhận các tin nhắn đã chọn</translation>
    </message>
    <message>
        <source>In the conversation: copies the selected messages</source>
        <translation>Trong cuộc trò chuyện: sao chép các tin nhắn đã chọn</translation>
    </message>
    <message>
        <source>In a message bar: dismisses it</source>
        <translation>Trong thanh thông báo: đóng thông báo</translation>
    </message>
    <message>
        <source>In the inspector: finds frames by text</source>
        <translation>Trong trình kiểm tra: tìm khung theo chữ</translation>
    </message>
    <message>
        <source>In the list of scenarios: runs the chosen one</source>
        <translation>Trong danh sách kịch bản: chạy kịch bản đang chọn</translation>
    </message>
</context>
<context>
    <name>parley::ui::StepList</name>
    <message>
        <source>%1
Line %2</source>
        <translation>%1
Dòng %2</translation>
    </message>
    <message>
        <source>%1 %2: %3 %4 %5</source>
        <translation>%1 %2: %3 %4 %5</translation>
    </message>
</context>
<context>
    <name>parley::ui::TraceStatus</name>
    <message>
        <source>The server&apos;s trace shows what it does inside: stored, routed, removed. It needs a server started with --trace, and its admin token.</source>
        <translation>Dấu vết của máy chủ cho thấy những gì diễn ra bên trong: lưu, định tuyến, xóa. Cần máy chủ khởi động bằng --trace và token quản trị viên của máy chủ đó.</translation>
    </message>
    <message>
        <source>off</source>
        <translation>tắt</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>đang thử lại</translation>
    </message>
    <message>
        <source>on</source>
        <translation>bật</translation>
    </message>
    <message>
        <source>Trace: %1</source>
        <translation>Dấu vết: %1</translation>
    </message>
    <message>
        <source>Trace: %1 (%2)</source>
        <translation>Dấu vết: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>parley::ui::words</name>
    <message>
        <source>The login was refused: wrong password or unknown user. Correct them and connect again.</source>
        <translation>Đăng nhập bị từ chối: sai mật khẩu hoặc không có người dùng này. Hãy sửa rồi kết nối lại.</translation>
    </message>
    <message>
        <source>The session was refused: the secret key is not the server&apos;s, there is no user with this id, or the clocks are minutes apart.</source>
        <translation>Phiên bị từ chối: khóa bí mật không phải của máy chủ, không có người dùng mang ID này, hoặc đồng hồ lệch nhau nhiều phút.</translation>
    </message>
    <message>
        <source>The session was refused: it is wrong or has expired, or it is another user&apos;s.</source>
        <translation>Phiên bị từ chối: phiên sai hoặc đã hết hạn, hoặc là của người dùng khác.</translation>
    </message>
    <message>
        <source>The server did not understand the request (HTTP 400). Check the user id and the session.</source>
        <translation>Máy chủ không hiểu yêu cầu (HTTP 400). Hãy kiểm tra ID người dùng và phiên.</translation>
    </message>
    <message>
        <source>The server refuses this session from here (HTTP 403): it is in use from another network address. Make a new one.</source>
        <translation>Máy chủ từ chối phiên này từ đây (HTTP 403): phiên đang được dùng từ địa chỉ mạng khác. Hãy tạo phiên mới.</translation>
    </message>
    <message>
        <source>The server at %1 is not a Parley server (HTTP %2). Check the address and the port.</source>
        <translation>Nơi trả lời tại %1 không phải là máy chủ Parley (HTTP %2). Hãy kiểm tra địa chỉ và cổng.</translation>
    </message>
    <message>
        <source>Too many failed attempts: the server makes this address wait. This pane tries again by itself.</source>
        <translation>Quá nhiều lần thử thất bại: máy chủ bắt địa chỉ này phải chờ. Hệ thống sẽ tự thử lại.</translation>
    </message>
    <message>
        <source>The server is overloaded or shutting down. This pane tries again by itself.</source>
        <translation>Máy chủ đang quá tải hoặc đang tắt. Hệ thống sẽ tự thử lại.</translation>
    </message>
    <message>
        <source>The server answered with HTTP status %1.</source>
        <translation>Máy chủ trả lời với mã trạng thái HTTP %1.</translation>
    </message>
    <message>
        <source>The server closed the connection.</source>
        <translation>Máy chủ đã đóng kết nối.</translation>
    </message>
    <message>
        <source>The connection was lost (%1). This pane tries again by itself.</source>
        <translation>Kết nối bị mất (%1). Hệ thống sẽ tự thử lại.</translation>
    </message>
    <message>
        <source>The server closed the connection: it received something that is not WebSocket (%1).</source>
        <translation>Máy chủ đã đóng kết nối: dữ liệu gửi đến không phải là WebSocket (%1).</translation>
    </message>
    <message>
        <source>The server closed the connection: a frame was too large (1009). Send smaller ones.</source>
        <translation>Máy chủ đã đóng kết nối: có khung quá lớn (1009). Hãy gửi khung nhỏ hơn.</translation>
    </message>
    <message>
        <source>The server closed the connection: ten bad frames within a minute (4400). Correct them and connect again.</source>
        <translation>Máy chủ đã đóng kết nối: mười khung hỏng trong vòng một phút (4400). Hãy sửa chúng rồi kết nối lại.</translation>
    </message>
    <message>
        <source>The session ended: logout, a new password, or the user was disabled (4401). Connect again.</source>
        <translation>Phiên đã kết thúc: đăng xuất, đổi mật khẩu, hoặc người dùng bị vô hiệu hóa (4401). Hãy kết nối lại.</translation>
    </message>
    <message>
        <source>A newer connection of this user replaced this one (4409). Close some of them and connect again.</source>
        <translation>Một kết nối mới hơn của người dùng này đã thay thế kết nối này (4409). Hãy đóng bớt rồi kết nối lại.</translation>
    </message>
    <message>
        <source>The server closed the connection: too many commands for too long (4429). Send fewer and connect again.</source>
        <translation>Máy chủ đã đóng kết nối: quá nhiều lệnh trong thời gian quá dài (4429). Hãy gửi ít hơn rồi kết nối lại.</translation>
    </message>
    <message>
        <source>The server received nothing for too long and closed the connection (4508). Switch the heartbeat on.</source>
        <translation>Máy chủ không nhận được gì quá lâu nên đã đóng kết nối (4508). Hãy bật nhịp tim.</translation>
    </message>
    <message>
        <source>The server is shutting down (4512). This pane tries again by itself.</source>
        <translation>Máy chủ đang tắt (4512). Hệ thống sẽ tự thử lại.</translation>
    </message>
    <message>
        <source>The server closed the connection: this client read too slowly (4513). Nothing is lost: FETCH gets what was missed.</source>
        <translation>Máy chủ đã đóng kết nối: máy khách này đọc quá chậm (4513). Không mất gì: FETCH sẽ lấy những gì đã bỏ lỡ.</translation>
    </message>
    <message>
        <source>The connection was closed with %1 (%2).</source>
        <translation>Kết nối đã đóng với mã %1 (%2).</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Ngoại tuyến</translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation>Đang đăng nhập</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Đang kết nối</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Đang đóng</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>Đang thử lại</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Bị từ chối</translation>
    </message>
    <message>
        <source>No server answers at %1. Start one with ./scripts/run.sh; this pane connects again by itself.</source>
        <translation>Không có máy chủ nào trả lời tại %1. Hãy khởi động bằng ./scripts/run.sh; ngăn này sẽ tự kết nối lại.</translation>
    </message>
    <message>
        <source>unknown_user: there is no such receiver, or they are disabled. Choose another.</source>
        <translation>unknown_user: không có người nhận này, hoặc người này đã bị vô hiệu hóa. Hãy chọn người khác.</translation>
    </message>
    <message>
        <source>mailbox_full: the receiver&apos;s mailbox is full. They must FETCH and CONFIRM before it accepts more.</source>
        <translation>mailbox_full: hộp thư của người nhận đã đầy. Người nhận phải FETCH và CONFIRM thì hộp thư mới nhận thêm được.</translation>
    </message>
    <message>
        <source>too_large: the text is longer than the server accepts. Shorten it.</source>
        <translation>too_large: văn bản dài hơn mức máy chủ chấp nhận. Hãy rút ngắn.</translation>
    </message>
    <message>
        <source>id_reused: this clientId was used for another receiver. Send it with a new one.</source>
        <translation>id_reused: clientId này đã được dùng cho người nhận khác. Hãy gửi với clientId mới.</translation>
    </message>
    <message>
        <source>rate_limited: more commands than the server accepts. What was sent here is sent again by itself.</source>
        <translation>rate_limited: nhiều lệnh hơn mức máy chủ chấp nhận. Những gì đã gửi ở đây sẽ tự được gửi lại.</translation>
    </message>
    <message>
        <source>store_unavailable: the store is not available now; nothing was stored. It is sent again by itself.</source>
        <translation>store_unavailable: cơ sở dữ liệu hiện không thể tiếp nhận; chưa lưu gì. Tin nhắn sẽ tự được gửi lại.</translation>
    </message>
    <message>
        <source>internal: an error in the server. Its log says more: %1</source>
        <translation>internal: lỗi của máy chủ. Nhật ký của máy chủ cho biết thêm: %1</translation>
    </message>
    <message>
        <source>%1 in &quot;%2&quot;: %3</source>
        <translation>%1 trong &quot;%2&quot;: %3</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Đang gửi</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Đã lưu</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Đã giao</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Chưa xác nhận</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Đã xác nhận</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Thất bại</translation>
    </message>
    <message>
        <source>  (%1 ms later)</source>
        <translation>  (sau %1 ms)</translation>
    </message>
    <message>
        <source>seq %1</source>
        <translation>seq %1</translation>
    </message>
    <message>
        <source>clientId %1</source>
        <translation>clientId %1</translation>
    </message>
</context>
</TS>
